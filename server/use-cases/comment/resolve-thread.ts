import type { ThreadId } from '#core/requests/ids.ts';
import { lockThread, updateThread } from '#server/db/queries/comments.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

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
