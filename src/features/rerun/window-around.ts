import type { Timeframe } from '#core/market/bars.ts';
import { shortestBar } from '#core/market/timeframe.ts';

/** Bars that a browser computes again. Of a longer run, a window of at most so many around what is asked. */
export const MOST_RERUN = 20_000;

/** Bars behind the one that is asked about: fills come after their decisions. */
const BEHIND = 1000;
/** Windows begin at whole multiples of so many bars, so that neighbours ask for the same one. */
const STEP = 2000;

interface TimeRange {
  /** UTC milliseconds, both included. */
  readonly from: number;
  readonly to: number;
}

/**
 * The bars around a time: nearly all of them before it, where averages and positions come from. Never more than
 * `MOST_RERUN`, since no bar is shorter than the shortest of its timeframe; fewer where a market sleeps.
 */
export function windowAround(time: number, timeframe: Timeframe, { from, to }: Partial<TimeRange>): TimeRange {
  const bar = shortestBar(timeframe);
  const end = (Math.floor(time / (STEP * bar)) + 1) * STEP * bar + BEHIND * bar;
  return {
    from: Math.max(from ?? -Infinity, end - (MOST_RERUN - 1) * bar),
    to: Math.min(to ?? Infinity, end),
  };
}
