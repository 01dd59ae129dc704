import type { MetricKey } from '#core/engine/figures/metrics.ts';
import { ENGINE_VERSION } from '#core/engine/outcome/version.ts';
import type { Space } from '#core/engine/sweep/space.ts';
import type { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import type { Windows } from '#core/engine/sweep/walk-forward.ts';
import type { Unfinished } from '#core/result/outcome.ts';
import type { ComputePool, TaskOptions } from '#server/compute/compute-pool.ts';
import { bytesOfRun, type LoadedSubject, loadSubject } from '#server/compute/load-subject.ts';
import type { Subject } from '#server/compute/protocol.ts';
import { runSweep, taskOf, type SweepTask } from '#server/compute/run-sweep.ts';
import { runWalkForward } from '#server/compute/run-walk-forward.ts';
import type { KeptForward } from '#server/db/keep-result.ts';
import { definedOf } from '#server/db/numbers.ts';
import { insertForwardResult, insertSweepResult, moveSweep, type SweepRow } from '#server/db/queries/sweeps.ts';
import type { PayloadOf } from '#server/queue/definition.ts';
import type { runSweep as definition } from '#server/queue/definitions.ts';
import { SWEEP } from '#server/use-cases/run/kinds.ts';
import { handleRun } from '../handle-run.ts';

type Finished =
  | { readonly type: 'finished'; readonly table: SweepTable; readonly best: SweepRow['best'] }
  | { readonly type: 'finished'; readonly forward: KeptForward };

/** What is kept of each candidate, besides the metric by which they are ranked: ten figures of eight bytes. */
const KEPT: readonly MetricKey[] = [
  'totalReturn',
  'cagr',
  'sharpe',
  'sortino',
  'calmar',
  'maxDrawdown',
  'exposure',
  'trades',
  'hitRate',
  'profitFactor',
];

interface Work {
  readonly subject: Subject;
  readonly madeOn: LoadedSubject['madeOn'];
  readonly space: Space;
  readonly windows: Windows | null;
  readonly rankedBy: MetricKey;
}

export const handler = handleRun<PayloadOf<typeof definition>, SweepRow, Work, Finished>(({ sweepId }) => sweepId, {
  kind: SWEEP,
  load: async (tx, row, { bars }) => {
    const loaded = await loadSubject(tx, bars, row);
    return (
      loaded && {
        subject: loaded.subject,
        madeOn: loaded.madeOn,
        space: { axes: row.axes, search: row.search },
        windows: row.windows,
        rankedBy: row.rankedBy,
      }
    );
  },
  bytesOf: ({ subject, windows }, { orgId, axes, candidateCount }, { formulas }) =>
    bytesOfRun(formulas, orgId, subject, { axes, candidates: candidateCount, windows }),
  compute: ({ subject, space, windows, rankedBy }, { compute: pool }, options) =>
    windows
      ? runWalkForward(pool, { ...subject, space, windows, rankedBy }, options)
      : sweepAndChoose(pool, { ...subject, space, keep: [...new Set([...KEPT, rankedBy])] }, rankedBy, options),
  keep: async (tx, { orgId, id }, { outcome, work: { subject, madeOn }, end }) => {
    const best = 'table' in outcome ? outcome.best : { metrics: definedOf(outcome.forward.metrics) };
    const row = await moveSweep(tx, { orgId, id }, ['running'], {
      ...end,
      engineVersion: ENGINE_VERSION,
      best,
      madeOn,
    });
    if (!row) return null;
    if ('table' in outcome) await insertSweepResult(tx, orgId, id, outcome.table);
    else {
      const { from, to } = outcome.forward.span;
      const time = subject.bars.time.subarray(from, to);
      await insertForwardResult(tx, orgId, id, { ...outcome.forward, time });
    }
    return row;
  },
});

/** A sweep and its best candidate, which a thread looks for, too; null when no candidate has the metric. */
async function sweepAndChoose(
  pool: ComputePool,
  task: SweepTask & { readonly keep: readonly MetricKey[] },
  by: MetricKey,
  options: TaskOptions,
): Promise<Finished | Unfinished> {
  const swept = await runSweep(pool, task, options);
  if (swept.type !== 'finished') return swept;
  const { table } = swept;
  const chosen = await pool.run(
    'choose',
    { space: task.space, keep: task.keep, figures: table.figures, by },
    taskOf(options),
  );
  if (chosen.type !== 'finished') return chosen;
  const { best } = chosen;
  const place = table.bestBy(by);
  return {
    type: 'finished',
    table,
    best: best && place !== null ? { inputs: best, metrics: definedOf(table.metricsOf(place)) } : null,
  };
}
