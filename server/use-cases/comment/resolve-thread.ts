import { withOrg } from '#server/db/database.ts';
import { lockThread, updateThread } from '#server/db/queries/comments.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { tellOf } from './post.ts';

/** Puts a thread aside as done, or takes it up again; whoever may comment may do so. */
export function resolveThread(
  caller: Caller,
  { threadId, resolved }: { readonly threadId: string; readonly resolved: boolean },
): Promise<void> {
  const { db, actor, now } = caller;
  requirePermission(actor, 'comment.write');
  return withOrg(db, actor.orgId, async (tx) => {
    const thread = await lockThread(tx, actor.orgId, threadId);
    if (!thread) throw new AppError('NOT_FOUND', 'This thread is not here any more.');
    if ((thread.resolvedAt !== null) === resolved) return;
    await updateThread(
      tx,
      actor.orgId,
      threadId,
      resolved ? { resolvedAt: now, resolvedBy: actor.userId } : { resolvedAt: null, resolvedBy: null },
    );
    await recordAct(tx, caller, {
      action: resolved ? 'thread.resolved' : 'thread.reopened',
      entity: 'thread',
      entityId: threadId,
    });
    await tellOf(tx, actor.orgId, { formulaId: thread.formulaId, threadId, told: [] });
  });
}
