import { aboutChange, type About, type Anchor, type AnchorTarget } from '#core/comment/anchor.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import type { CommentId, FormulaId, ThreadId } from '#core/requests/ids.ts';
import { insertThread, lockThread, updateThread } from '#server/db/queries/comments.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { findReview } from '#server/db/queries/reviews.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
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
 * Begins a conversation about a formula, one of its nodes or a change of a review. The ids are the sender's: what is
 * sent twice is begun once.
 */
export async function startThread(caller: Reader<Person>, input: Start): Promise<void> {
  const { formulaId, threadId, commentId } = input;
  const body = readBody(input.body);
  const anchor = await findAnchor(caller, formulaId, input.anchor);
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
          anchor,
          createdAt: now,
        });
    if (!isBegun) throw new AppError('CONFLICT', 'There is another thread of this id. Send it anew.');
    await postComment(unit, { id: commentId, threadId, formulaId, body });
  });
}

/**
 * What a thread is put on, as everybody has it at this moment. Before the act: while a formula is read, nothing is
 * locked and no connection is held.
 */
async function findAnchor(caller: Reader<Person>, formulaId: FormulaId, target: AnchorTarget): Promise<Anchor> {
  switch (target.kind) {
    case 'formula':
      return target;
    case 'node':
      return { ...target, about: await findNode(caller, formulaId, target.nodeId) };
    case 'change':
      return { ...target, ...(await findChange(caller, formulaId, target)) };
  }
}

async function findNode(caller: Reader<Person>, formulaId: FormulaId, nodeId: NodeId): Promise<About> {
  const stored = await readLive(caller, 'comment.write', formulaId);
  if (!stored) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  const { updates } = stored;
  const about = await caller.formulas(caller.principal.orgId, 'node', { updates, nodeId });
  if (about) return about;
  throw new AppError(
    'CONFLICT',
    'This node is not in the strategy any more. Comment on another one, or on the strategy.',
  );
}

async function findChange(
  caller: Reader<Person>,
  formulaId: FormulaId,
  { reviewId, key }: Extract<AnchorTarget, { kind: 'change' }>,
) {
  const { orgId } = caller.principal;
  const compared = await read(caller, 'comment.write', async (tx) => {
    const review = await findReview(tx, orgId, reviewId);
    if (review?.formulaId !== formulaId) throw new AppError('NOT_FOUND', 'There is no such review.');
    const base = review.baseId === null ? null : await findVersion(tx, orgId, review.baseId);
    const version = await findVersion(tx, orgId, review.versionId);
    if (!version) throw new AppError('NOT_FOUND', 'There is no such version.');
    return { before: base?.json ?? null, json: version.json };
  });
  const changes = await caller.formulas(orgId, 'changes', compared);
  const change = changes.find((one) => one.key === key);
  if (!change)
    throw new AppError('CONFLICT', 'This change is not in the review any more. Comment on another one, or on a node.');
  return { nodeId: change.nodeId, about: aboutChange(change.label, change.sentence) };
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
