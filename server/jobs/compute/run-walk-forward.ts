import { chooseBest, foldsOf, type WalkForward, type Windows } from '#core/engine/walk-forward.ts';
import type { ComputePool, TaskOptions } from './pool.ts';
import type { Unfinished } from './protocol.ts';
import { runSweep, type SweepTask } from './run-sweep.ts';

export interface WalkForwardTask extends Omit<SweepTask, 'spans' | 'keep'> {
  readonly windows: Windows;
  /** Key of the metric by which settings are chosen. */
  readonly by: string;
}

/** Walks forward on all threads of a pool: the sweep over the samples in pieces, then the runs out of sample on one. */
export async function runWalkForward(pool: ComputePool, { windows, by, ...task }: WalkForwardTask, options: TaskOptions): Promise<Unfinished | { readonly type: 'finished'; readonly walked: WalkForward }> {
  const folds = foldsOf(task.bars.length, windows);
  if (!folds.ok) return { type: 'refused', reason: folds.error };
  const swept = await runSweep(pool, { ...task, spans: folds.value.map(({ inSample }) => inSample), keep: [by] }, options);
  if (swept.type !== 'finished') return swept;
  const { formula, bars, feeds, settings } = task;
  const choices = chooseBest(swept.table, by, folds.value.length);
  return pool.run('forward', { subject: { formula, bars, feeds, settings }, folds: folds.value, choices }, { signal: options.signal });
}
