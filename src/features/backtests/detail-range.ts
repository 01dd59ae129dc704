import type { Timeframe } from '#core/market/bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';

/** UTC milliseconds, both included. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Bars of a chart at once: more than a screen has pixels. */
export const MOST_BARS = 4000;

/**
 * The time to fetch finer bars of when people look at `look` and see `reducedBy` bars in one; null where that would
 * show no more. Wider than what is looked at, and cut to a grid, so that moving a little asks for the same again.
 */
export function detailRange({ from, to }: TimeRange, timeframe: Timeframe, reducedBy: number): TimeRange | null {
  if (reducedBy <= 1) return null;
  const length = timeframeLength(timeframe);
  let step = 16 * length;
  while (step < (to - from) / 2) step *= 2;
  const start = (Math.floor(from / step) - 1) * step;
  const end = (Math.floor(to / step) + 2) * step;
  const finer = Math.ceil((end - start) / length / MOST_BARS);
  return finer * 2 > reducedBy ? null : { from: start, to: end };
}

/** A trade with some of what was around it. */
export function around(
  { entryTime, exitTime }: { readonly entryTime: number; readonly exitTime: number },
  timeframe: Timeframe,
): TimeRange {
  const margin = Math.max((exitTime - entryTime) * 0.6, 20 * timeframeLength(timeframe));
  return { from: entryTime - margin, to: exitTime + margin };
}

/** How exactly a bar's time is shown: bars of a day or longer have no time of day. */
export const detailOf = (timeframe: Timeframe): 'day' | 'minute' | 'second' => {
  const length = timeframeLength(timeframe);
  if (length % timeframeLength('1m') !== 0 && !timeframe.endsWith('M')) return 'second';
  return length % timeframeLength('1d') !== 0 && !timeframe.endsWith('M') ? 'minute' : 'day';
};
