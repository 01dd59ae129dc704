import { sql } from 'drizzle-orm';
import { withOrg } from '#server/db/database.ts';
import { findBacktest, moveBacktest } from '#server/db/queries/backtests.ts';
import { AppError } from '#server/errors.ts';
import { CANCEL_CHANNEL } from '#server/jobs/cancellations.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

/** Cancels a queued or running backtest. The thread that computes it is told at the commit; nothing of the run is kept. */
export function cancelBacktest({ db, actor, now }: Caller, { id }: { readonly id: string }): Promise<void> {
  requirePermission(actor, 'backtest.run');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await moveBacktest(tx, actor.orgId, id, ['queued', 'running'], { status: 'cancelled', finishedAt: now });
    if (!row) {
      const existing = await findBacktest(tx, actor.orgId, id);
      if (!existing) throw new AppError('NOT_FOUND', 'There is no such backtest.');
      throw new AppError('CONFLICT', `It is too late to cancel: the backtest has ${existing.status === 'cancelled' ? 'been cancelled' : existing.status}.`);
    }
    await tx.execute(sql`select pg_notify(${CANCEL_CHANNEL}, ${id})`);
    await appendEvent(tx, actor.orgId, { kind: 'backtest.finished', payload: { backtestId: id, formulaId: row.formulaId, status: 'cancelled', progress: row.progress } });
  });
}
