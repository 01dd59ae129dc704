import { candidatesOf } from '#core/engine/sweep/space.ts';
import { withOrg } from '#server/db/database.ts';
import { findSweep } from '#server/db/queries/sweeps.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { queueBacktest } from '../backtest/queue-backtest.ts';
import type { Caller } from '../context.ts';

/** Runs one candidate of a sweep with all its trades: the same version, market, range and settings. */
export function openCandidate(caller: Caller, { id, candidate }: { readonly id: string; readonly candidate: number }): Promise<{ backtestId: string }> {
  const { db, actor } = caller;
  requirePermission(actor, 'backtest.run');
  return withOrg(db, actor.orgId, async (tx) => {
    const sweep = await findSweep(tx, actor.orgId, id);
    if (!sweep) throw new AppError('NOT_FOUND', 'There is no such sweep.');
    const candidates = candidatesOf(sweep.axes, sweep.search);
    const inputs = candidates.ok ? candidates.value[candidate] : undefined;
    if (!inputs) throw new AppError('NOT_FOUND', 'The sweep has no such settings.');
    const { formulaId, versionId, marketId, settings, from, to } = sweep;
    return { backtestId: await queueBacktest(tx, caller, { formulaId, versionId, marketId, settings, inputs, from, to }) };
  });
}
