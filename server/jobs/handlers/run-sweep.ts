import { candidatesOf, type Inputs } from '#core/engine/sweep/space.ts';
import type { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { ENGINE_VERSION } from '#core/engine/version.ts';
import type { WalkForward, Windows } from '#core/engine/walk-forward.ts';
import { definedMetrics } from '#server/db/defined-metrics.ts';
import { insertForwardResult, insertSweepResult, moveSweep, type SweepRow } from '#server/db/queries/sweeps.ts';
import { SWEEP } from '#server/use-cases/run/kinds.ts';
import { loadSubject } from '../compute/load-subject.ts';
import type { Subject } from '../compute/protocol.ts';
import { runSweep } from '../compute/run-sweep.ts';
import { runWalkForward } from '../compute/run-walk-forward.ts';
import type { PayloadOf } from '../definition.ts';
import type { runSweep as definition } from '../definitions/run-sweep.ts';
import { handleRun } from '../handle-run.ts';

type Finished = { readonly type: 'finished'; readonly table: SweepTable } | { readonly type: 'finished'; readonly forward: WalkForward };

/** What is kept of each candidate, besides the metric by which they are ranked: ten figures of eight bytes. */
const KEPT = ['totalReturn', 'cagr', 'sharpe', 'sortino', 'calmar', 'maxDrawdown', 'exposure', 'trades', 'hitRate', 'profitFactor'];

interface Work {
  readonly subject: Subject;
  readonly candidates: readonly Inputs[];
  readonly windows: Windows | null;
  readonly rankedBy: string;
}

export const handler = handleRun<PayloadOf<typeof definition>, SweepRow, Work, Finished>(({ sweepId }) => sweepId, {
  kind: SWEEP,
  load: async (tx, row, { bars }) => {
    const subject = await loadSubject(tx, bars, row);
    const candidates = candidatesOf(row.axes, row.search);
    return subject && candidates.ok ? { subject, candidates: candidates.value, windows: row.windows, rankedBy: row.rankedBy } : null;
  },
  compute: ({ subject, candidates, windows, rankedBy }, { compute: pool }, options) =>
    windows
      ? runWalkForward(pool, { ...subject, candidates, windows, rankedBy }, options)
      : runSweep(pool, { ...subject, candidates, keep: [...new Set([...KEPT, rankedBy])] }, options),
  keep: async (tx, { orgId, id }, outcome, { rankedBy, subject }, end) => {
    const best = 'table' in outcome ? bestOf(outcome.table, rankedBy) : { metrics: definedMetrics(outcome.forward.metrics) };
    const row = await moveSweep(tx, orgId, id, ['running'], { ...end, engineVersion: ENGINE_VERSION, best });
    if (!row) return null;
    if ('table' in outcome) await insertSweepResult(tx, orgId, id, outcome.table);
    else await insertForwardResult(tx, orgId, id, outcome.forward, subject.bars.time.subarray(outcome.forward.span.from, outcome.forward.span.to));
    return row;
  },
});

/** Null when no candidate has the metric. */
function bestOf(table: SweepTable, rankedBy: string): SweepRow['best'] {
  const [best] = table.rankedBy(rankedBy);
  const inputs = best === undefined ? undefined : table.candidates[best];
  if (best === undefined || !inputs || Number.isNaN(table.at(best, rankedBy))) return null;
  return { inputs, metrics: definedMetrics(table.metricsOf(best)) };
}
