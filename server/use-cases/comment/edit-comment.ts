import { updateComment } from '#server/db/queries/comments.ts';
import { insertNotifications } from '#server/db/queries/notifications.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { withOwnComment } from './own-comment.ts';
import { newMentions, readBody, tellOf } from './post.ts';

/** Puts other words in place of one's own; whoever is mentioned only now is told now. */
export function editComment(caller: Caller, input: { readonly id: string; readonly body: string }): Promise<void> {
  const {
    actor: { orgId, userId },
    now,
  } = caller;
  const body = readBody(input.body);
  return withOwnComment(caller, input.id, async (tx, { comment, formulaId }) => {
    if (body === comment.body) return;
    const mentioned = await newMentions(tx, orgId, body, comment.body);
    await updateComment(tx, orgId, comment.id, { body, editedAt: now });
    const others = mentioned.filter((other) => other !== userId);
    const told = await insertNotifications(
      tx,
      others.map((other) => ({ orgId, userId: other, kind: 'mention', commentId: comment.id, createdAt: now })),
    );
    await recordAct(tx, caller, { action: 'comment.edited', entity: 'comment', entityId: comment.id });
    await tellOf(tx, orgId, { formulaId, threadId: comment.threadId, told });
  });
}
