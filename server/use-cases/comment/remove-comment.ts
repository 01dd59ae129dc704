import type { CommentId } from '#core/requests/ids.ts';
import { deleteThread, listComments, updateComment } from '#server/db/queries/comments.ts';
import { deleteNotificationsOf } from '#server/db/queries/notifications.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Caller } from '../context.ts';
import { withOwnComment } from './own-comment.ts';

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
