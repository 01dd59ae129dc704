import { deleteThread, listComments, updateComment } from '#server/db/queries/comments.ts';
import { deleteNotificationsOf } from '#server/db/queries/notifications.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { withOwnComment } from './own-comment.ts';
import { tellOf } from './post.ts';

/** Takes one's own words away. Their place stays, so that the answers still make sense; a thread in which nothing is left goes. */
export function removeComment(caller: Caller, input: { readonly id: string }): Promise<void> {
  const {
    actor: { orgId },
    now,
  } = caller;
  return withOwnComment(caller, input.id, async (tx, { comment: { id, threadId }, formulaId }) => {
    await updateComment(tx, orgId, id, { body: '', deletedAt: now });
    const told = await deleteNotificationsOf(tx, orgId, id);
    const left = await listComments(tx, orgId, [threadId]);
    if (left.every(({ deletedAt }) => deletedAt !== null)) await deleteThread(tx, orgId, threadId);
    await recordAct(tx, caller, { action: 'comment.removed', entity: 'comment', entityId: id });
    await tellOf(tx, orgId, { formulaId, threadId, told });
  });
}
