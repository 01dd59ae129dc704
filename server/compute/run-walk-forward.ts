import type { MetricKey } from '#core/engine/figures/metrics.ts';
import { worthKey } from '#core/engine/sweep/ranking.ts';
import type { Windows } from '#core/engine/sweep/walk-forward.ts';
import type { Unfinished } from '#core/result/outcome.ts';
import type { KeptForward } from '#server/db/keep-result.ts';
import type { ComputePool, TaskOptions } from './compute-pool.ts';
import { runSweep, taskOf, type SweepTask } from './run-sweep.ts';

export interface WalkForwardTask extends Omit<SweepTask, 'windows' | 'keep'> {
  readonly windows: Windows;
  /** Key of the metric by which settings are chosen. */
  readonly rankedBy: MetricKey;
}

/**
 * A walk-forward on all threads of a pool: the samples are swept in pieces, then the chosen settings are traded. Its
 * figures are those of the engine's own.
 */
export async function runWalkForward(
  pool: ComputePool,
  task: WalkForwardTask,
  options: TaskOptions,
): Promise<Unfinished | { readonly type: 'finished'; readonly forward: KeptForward }> {
  const { formula, bars, feeds, settings, space, windows, rankedBy: by } = task;
  const keep = [worthKey(by)];
  const swept = await runSweep(pool, { ...task, keep }, options);
  if (swept.type !== 'finished') return swept;
  const { figures } = swept.table;
  return pool.run(
    'forward',
    { subject: { formula, bars, feeds, settings }, windows, space, keep, figures, by },
    taskOf(options),
  );
}
