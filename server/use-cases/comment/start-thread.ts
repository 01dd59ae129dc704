import type { About, Anchor, AnchorTarget } from '#core/comment/anchor.ts';
import type { CommentId, FormulaId, ThreadId } from '#core/requests/ids.ts';
import { insertThread, lockThread } from '#server/db/queries/comments.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { readLive } from '../document/draft.ts';
import { requireQuota } from '../quota.ts';
import { postComment, readBody } from './post.ts';

interface Start {
  readonly formulaId: FormulaId;
  readonly anchor: AnchorTarget;
  readonly threadId: ThreadId;
  readonly commentId: CommentId;
  readonly body: string;
}

/**
 * Begins a conversation about a formula or one of its nodes. The ids are the sender's: what is sent twice is begun
 * once.
 */
export async function startThread(caller: Reader<Person>, input: Start): Promise<void> {
  const { formulaId, threadId, commentId } = input;
  const body = readBody(input.body);
  const about = await findNode(caller, formulaId, input.anchor);
  return act(caller, 'comment.write', async (unit) => {
    const {
      tx,
      principal: { orgId },
      now,
    } = unit;
    if (!(await findFormula(tx, orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such strategy.');
    const known = await lockThread(tx, orgId, threadId);
    if (!known) await requireQuota(tx, orgId, 'threads');
    const isBegun = known
      ? known.formulaId === formulaId
      : await insertThread(tx, {
          id: threadId,
          orgId,
          formulaId,
          anchor: describe(input.anchor, about),
          createdAt: now,
        });
    if (!isBegun) throw new AppError('CONFLICT', 'There is another thread of this id. Send it anew.');
    await postComment(unit, { id: commentId, threadId, formulaId, body });
  });
}

/**
 * What the node is at this moment, as everybody has it. Before the act: while a formula is read, nothing is locked and
 * no connection is held.
 */
async function findNode(caller: Reader<Person>, formulaId: FormulaId, target: AnchorTarget): Promise<About | null> {
  if (target.kind === 'formula') return null;
  const stored = await readLive(caller, 'comment.write', formulaId);
  if (!stored) return null;
  const { updates } = stored;
  return caller.formulas(caller.principal.orgId, 'node', { updates, nodeId: target.nodeId });
}

function describe(target: AnchorTarget, about: About | null): Anchor {
  if (target.kind === 'formula') return target;
  if (!about)
    throw new AppError(
      'CONFLICT',
      'This node is not in the strategy any more. Comment on another one, or on the strategy.',
    );
  return { ...target, about };
}
