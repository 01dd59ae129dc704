import type { Estimate } from '#core/engine/sweep/estimate.ts';
import type { FormulaId, MarketId, SweepId, VersionId } from '#core/requests/ids.ts';
import { insertSweep, type SweepRow } from '#server/db/queries/sweeps.ts';
import { userOf } from '#server/policies/principal.ts';
import { runSweep } from '#server/queue/definitions.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import type { Unit } from '../act/act.ts';
import { SWEEP } from '../run/kinds.ts';
import { admitRun, keyOfRun } from '../run/queue-run.ts';

interface AskedSweep extends Pick<
  SweepRow,
  'settings' | 'axes' | 'search' | 'windows' | 'candidateCount' | 'rankedBy'
> {
  readonly formulaId: FormulaId;
  readonly versionId: VersionId;
  readonly marketId: MarketId;
  /** UTC milliseconds, both included; null: all there are. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Queues a sweep of a version, within what the plan allows. `bars` are those of the range. */
export async function queueSweep(
  unit: Unit,
  { from, to, ...asked }: AskedSweep,
  { estimate, bars }: { readonly estimate: Estimate; readonly bars: number },
): Promise<SweepId> {
  const { orgId } = unit.principal;
  const { candidateCount: candidates, windows, formulaId } = asked;
  const admitted = await admitRun(unit.tx, orgId, 'sweeps', { estimate, bars, candidates, windows });
  const id = await insertSweep(unit.tx, {
    ...asked,
    orgId,
    fromTime: from,
    toTime: to,
    requestedBy: userOf(unit.principal),
    queuedAt: unit.now,
  });
  const job = prepareJob(runSweep, { orgId, sweepId: id }, { ...admitted, key: keyOfRun(id) });
  SWEEP.queue(unit, { orgId, id, formulaId, status: 'queued', progress: 0 }, job);
  return id;
}
