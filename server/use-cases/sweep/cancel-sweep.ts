import { sql } from 'drizzle-orm';
import { withOrg } from '#server/db/database.ts';
import { findSweep, moveSweep } from '#server/db/queries/sweeps.ts';
import { AppError } from '#server/errors.ts';
import { CANCEL_CHANNEL } from '#server/jobs/cancellations.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

/** Cancels a queued or running sweep. The threads that compute it are told at the commit; nothing of it is kept. */
export function cancelSweep({ db, actor, now }: Caller, { id }: { readonly id: string }): Promise<void> {
  requirePermission(actor, 'backtest.run');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await moveSweep(tx, actor.orgId, id, ['queued', 'running'], { status: 'cancelled', finishedAt: now });
    if (!row) {
      const existing = await findSweep(tx, actor.orgId, id);
      if (!existing) throw new AppError('NOT_FOUND', 'There is no such sweep.');
      throw new AppError('CONFLICT', `It is too late to cancel: the sweep has ${existing.status === 'cancelled' ? 'been cancelled' : existing.status}.`);
    }
    await tx.execute(sql`select pg_notify(${CANCEL_CHANNEL}, ${id})`);
    await appendEvent(tx, actor.orgId, { kind: 'sweep.finished', payload: { sweepId: id, formulaId: row.formulaId, status: 'cancelled', progress: row.progress } });
  });
}
