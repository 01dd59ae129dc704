import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { candidatesOf, rangeOf } from '#core/engine/sweep/space.ts';
import { candidatesWhere } from '#core/engine/sweep/where.ts';
import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { startComputePool } from '#server/compute/compute-pool.ts';
import { runSweep } from '#server/compute/run-sweep.ts';
import { shareBars } from '#server/compute/shared-memory.ts';
import { succeed, timeOf } from './measure.ts';
import { randomBars, SMA_CROSS } from './work.ts';

export interface SweepFigures {
  readonly settings: number;
  readonly bars: number;
  readonly seconds: number;
  /** What all threads have computed, which others on the machine do not change. */
  readonly cpuSeconds: number;
  readonly trades: number;
  /** The most memory that the process has had, in MB. */
  readonly memory: number;
}

/**
 * Every pair of a shorter and a longer one of 141 averages, or each `every`th of those 9,870, over bars in shared
 * memory.
 */
export async function benchSweep(length: number, threads: number, every = 1): Promise<SweepFigures> {
  const { formula } = parse(SMA_CROSS);
  const values = rangeOf(2, 142, 1);
  const [axes, search] = [
    [
      { name: 'fast', values },
      { name: 'slow', values },
    ],
    { kind: 'grid' } as const,
  ];
  const all = succeed(candidatesOf(axes, search));
  const candidates = new Set(
    succeed(candidatesWhere(formula, all, 'fast < slow')).filter((_, index) => index % every === 0),
  );
  const only = Uint32Array.from(all.flatMap((inputs, place) => (candidates.has(inputs) ? [place] : [])));
  const bars = shareBars(randomBars(length));
  const pool = await startComputePool({ size: threads, log: { error: console.error } });
  let trades = 0;
  const before = process.cpuUsage();
  const milliseconds = await timeOf(async () => {
    const task = {
      formula: toJson(formula),
      bars,
      feeds: new Map(),
      settings: DEFAULT_SETTINGS,
      space: { axes, search, only },
    };
    const outcome = await runSweep(pool, task, { signal: new AbortController().signal });
    if (outcome.type !== 'finished') throw new Error('the sweep did not end');
    only.forEach((_, index) => (trades += outcome.table.at(index, 'trades')));
  });
  const { user, system } = process.cpuUsage(before);
  await pool.close();
  return {
    settings: only.length,
    bars: length,
    seconds: milliseconds / 1000,
    cpuSeconds: (user + system) / 1e6,
    trades,
    memory: process.resourceUsage().maxRSS / 1024,
  };
}
