import { aboutNode, type Anchor, type AnchorTarget } from '#core/comment/anchor.ts';
import type { Tx } from '#server/db/database.ts';
import { insertThread, lockThread } from '#server/db/queries/comments.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { loadFormula } from '../document/draft.ts';
import { requireQuota } from '../quota.ts';
import { postComment, readBody } from './post.ts';

interface Start {
  readonly formulaId: string;
  readonly anchor: AnchorTarget;
  readonly threadId: string;
  readonly commentId: string;
  readonly body: string;
}

/**
 * Begins a conversation about a formula or one of its nodes. The ids are the sender's: what is sent twice is begun
 * once.
 */
export function startThread(caller: Caller<Person>, input: Start): Promise<void> {
  const { formulaId, threadId, commentId } = input;
  const body = readBody(input.body);
  return act(caller, 'comment.write', async (unit) => {
    const {
      tx,
      principal: { orgId },
      now,
    } = unit;
    if (!(await findFormula(tx, orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such formula.');
    const known = await lockThread(tx, orgId, threadId);
    if (!known) await requireQuota(tx, orgId, 'threads');
    const isBegun = known
      ? known.formulaId === formulaId
      : await insertThread(tx, {
          id: threadId,
          orgId,
          formulaId,
          anchor: await describe(tx, formulaId, input.anchor),
          createdAt: now,
        });
    if (!isBegun) throw new AppError('CONFLICT', 'There is another thread of this id. Send it anew.');
    await postComment(unit, { id: commentId, threadId, formulaId, body });
  });
}

/** The anchor with what its node is at this moment, as everybody has it. */
async function describe(tx: Tx, formulaId: string, target: AnchorTarget): Promise<Anchor> {
  if (target.kind === 'formula') return target;
  const formula = await loadFormula(tx, formulaId);
  const about = formula && aboutNode(formula, target.nodeId);
  if (!about)
    throw new AppError(
      'CONFLICT',
      'This node is not in the formula any more. Comment on another one, or on the formula.',
    );
  return { ...target, about };
}
