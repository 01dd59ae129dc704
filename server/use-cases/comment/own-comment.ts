import type { CommentId, FormulaId } from '#core/requests/ids.ts';
import { findComment, lockThread, type CommentRow } from '#server/db/queries/comments.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';
import { act, type Unit } from '../act/act.ts';
import type { Caller } from '../context.ts';

interface Own {
  readonly comment: CommentRow;
  readonly formulaId: FormulaId;
}

/** Does something to a comment of the caller's own, its thread locked. */
export function withOwnComment<T>(
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
