import type { CommentId, FormulaId } from '#core/requests/ids.ts';
import {
  type CommentRow,
  deleteThread,
  findComment,
  listComments,
  lockThread,
  updateComment,
} from '#server/db/queries/comments.ts';
import { deleteNotificationsOf } from '#server/db/queries/notifications.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';
import { act, type Unit } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { newMentions, readBody } from './post.ts';

/** Puts other words in place of one's own; whoever is mentioned only now is told now. */
export function editComment(
  caller: Caller<Person>,
  input: { readonly id: CommentId; readonly body: string },
): Promise<void> {
  const body = readBody(input.body);
  return withOwnComment(caller, input.id, async (unit, { comment, formulaId }) => {
    const { tx, principal, now } = unit;
    if (body === comment.body) return unit.nothingHappened();
    const mentioned = await newMentions(tx, principal.orgId, body, comment.body);
    await updateComment(tx, principal.orgId, comment.id, { body, editedAt: now });
    unit.happened('comment.edited', {
      commentId: comment.id,
      threadId: comment.threadId,
      formulaId,
      by: principal.userId,
      told: mentioned.filter((id) => id !== principal.userId).map((userId) => ({ userId, kind: 'mention' as const })),
    });
  });
}

/**
 * Takes one's own words away. Their place stays, so that the answers still make sense; a thread in which nothing is
 * left goes.
 */
export function removeComment(caller: Caller<Person>, input: { readonly id: CommentId }): Promise<void> {
  const { orgId } = caller.principal;
  return withOwnComment(caller, input.id, async ({ tx, now, happened }, { comment: { id, threadId }, formulaId }) => {
    await updateComment(tx, orgId, id, { body: '', deletedAt: now });
    const untold = await deleteNotificationsOf(tx, orgId, id);
    const left = await listComments(tx, orgId, [threadId]);
    if (left.every(({ deletedAt }) => deletedAt !== null)) await deleteThread(tx, orgId, threadId);
    happened('comment.removed', { commentId: id, threadId, formulaId, untold });
  });
}

interface Own {
  readonly comment: CommentRow;
  readonly formulaId: FormulaId;
}

/** Does something to a comment of the caller's own, its thread locked. */
function withOwnComment<T>(
  caller: Caller<Person>,
  id: CommentId,
  work: (unit: Unit<Person>, own: Own) => Promise<T>,
): Promise<T> {
  return act(caller, 'comment.write', async (unit) => {
    const {
      tx,
      principal: { orgId },
    } = unit;
    const found = await findComment(tx, orgId, id);
    const thread = found && (await lockThread(tx, orgId, found.threadId));
    // Read again: it may have changed while this waited for the lock.
    const comment = thread && (await findComment(tx, orgId, id));
    if (!comment || comment.deletedAt !== null) throw new AppError('NOT_FOUND', 'This comment is not here any more.');
    requirePermission(unit.principal, 'comment.write', { orgId, ownerId: comment.authorId });
    return work(unit, { comment, formulaId: thread.formulaId });
  });
}
