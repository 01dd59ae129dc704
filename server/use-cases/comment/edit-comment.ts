import type { CommentId } from '#core/requests/ids.ts';
import { updateComment } from '#server/db/queries/comments.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Caller } from '../context.ts';
import { withOwnComment } from './own-comment.ts';
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
