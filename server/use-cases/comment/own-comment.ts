import { withOrg, type Tx } from '#server/db/database.ts';
import { findComment, lockThread, type CommentRow } from '#server/db/queries/comments.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

interface Own {
  readonly comment: CommentRow;
  readonly formulaId: string;
}

/** Does something to a comment of the caller's own, its thread locked. */
export function withOwnComment<T>(
  { db, actor }: Caller,
  id: string,
  work: (tx: Tx, own: Own) => Promise<T>,
): Promise<T> {
  requirePermission(actor, 'comment.write');
  return withOrg(db, actor.orgId, async (tx) => {
    const found = await findComment(tx, actor.orgId, id);
    const thread = found && (await lockThread(tx, actor.orgId, found.threadId));
    // Read again: it may have changed while this waited for the lock.
    const comment = thread && (await findComment(tx, actor.orgId, id));
    if (!comment || comment.deletedAt !== null) throw new AppError('NOT_FOUND', 'This comment is not here any more.');
    if (comment.authorId !== actor.userId)
      throw new AppError('FORBIDDEN', 'You can change only what you wrote yourself. Write a reply instead.');
    return work(tx, { comment, formulaId: thread.formulaId });
  });
}
