import { withOrg } from '#server/db/database.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { announceCancel } from '#server/queue/cancellations.ts';
import type { Caller } from '../context.ts';
import type { RunKind, RunRow } from './kinds.ts';

/** Cancels a queued or running run. The threads that compute it are told at the commit; nothing of it is kept. */
export function cancelRun(
  { db, actor, now }: Caller,
  kind: RunKind<RunRow>,
  { id }: { readonly id: string },
): Promise<void> {
  requirePermission(actor, 'backtest.run');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await kind.move(tx, actor.orgId, id, ['queued', 'running'], { status: 'cancelled', finishedAt: now });
    if (!row) {
      const existing = await kind.find(tx, actor.orgId, id);
      if (!existing) throw new AppError('NOT_FOUND', `There is no such ${kind.noun}.`);
      throw new AppError(
        'CONFLICT',
        `It is too late to cancel: the ${kind.noun} has ${existing.status === 'cancelled' ? 'been cancelled' : existing.status}.`,
      );
    }
    await announceCancel(tx, id);
    await kind.tell(tx, row, 'finished');
  });
}
