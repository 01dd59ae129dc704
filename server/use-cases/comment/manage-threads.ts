import type { About, Anchor, AnchorTarget } from '#core/comment/anchor.ts';
import type { CommentId, FormulaId, ThreadId } from '#core/requests/ids.ts';
import { insertThread, lockThread, updateThread } from '#server/db/queries/comments.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Caller, Reader } from '../context.ts';
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

interface Reply {
  readonly threadId: ThreadId;
  readonly commentId: CommentId;
  readonly body: string;
}

/** Says something in a thread, resolved ones too. */
export function reply(caller: Caller<Person>, { threadId, commentId, ...input }: Reply): Promise<void> {
  const body = readBody(input.body);
  return act(caller, 'comment.write', async (unit) => {
    const thread = await lockThread(unit.tx, unit.principal.orgId, threadId);
    if (!thread) throw new AppError('NOT_FOUND', 'This thread is not here any more. Begin a new one.');
    await postComment(unit, { id: commentId, threadId, formulaId: thread.formulaId, body });
  });
}

/** Puts a thread aside as done, or takes it up again; whoever may comment may do so. */
export function resolveThread(
  caller: Caller<Person>,
  { threadId, resolved }: { readonly threadId: ThreadId; readonly resolved: boolean },
): Promise<void> {
  return act(caller, 'comment.write', async (unit) => {
    const { tx, principal, now } = unit;
    const thread = await lockThread(tx, principal.orgId, threadId);
    if (!thread) throw new AppError('NOT_FOUND', 'This thread is not here any more.');
    if ((thread.resolvedAt !== null) === resolved) return unit.nothingHappened();
    await updateThread(
      tx,
      principal.orgId,
      threadId,
      resolved ? { resolvedAt: now, resolvedBy: principal.userId } : { resolvedAt: null, resolvedBy: null },
    );
    unit.happened(resolved ? 'thread.resolved' : 'thread.reopened', { formulaId: thread.formulaId, threadId });
  });
}
