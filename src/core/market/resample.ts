import type { Bars, Timeframe } from './bars.ts';
import { barEnd, barStart } from './timeframe.ts';

/**
 * Longer bars out of shorter ones, by the calendar in UTC. A period without bars gives none; the last bar may be incomplete, which
 * `closedAt` takes care of.
 */
export function resample(bars: Bars, timeframe: Timeframe): Bars {
  const starts: number[] = [];
  const first: number[] = [];
  for (let i = 0; i < bars.length; i += 1) {
    const start = barStart(bars.time[i] ?? 0, timeframe);
    if (start === starts.at(-1)) continue;
    starts.push(start);
    first.push(i);
  }
  const length = starts.length;
  const column = (value: (from: number, to: number) => number) =>
    Float64Array.from({ length }, (_, index) => value(first[index] ?? 0, first[index + 1] ?? bars.length));
  const over = (source: Float64Array, combine: (a: number, b: number) => number) =>
    column((from, to) => {
      let value = source[from] ?? Number.NaN;
      for (let i = from + 1; i < to; i += 1) value = combine(value, source[i] ?? Number.NaN);
      return value;
    });
  return {
    symbol: bars.symbol,
    timeframe,
    length,
    time: Float64Array.from(starts),
    open: column((from) => bars.open[from] ?? Number.NaN),
    high: over(bars.high, Math.max),
    low: over(bars.low, Math.min),
    close: column((_from, to) => bars.close[to - 1] ?? Number.NaN),
    volume: over(bars.volume, (a, b) => a + b),
  };
}

/** For each bar of `own`, the index of the last bar of `feed` that has closed by the time it closes; -1 while there is none. */
export function closedAt(own: Bars, feed: Bars): Int32Array {
  const index = new Int32Array(own.length);
  let last = -1;
  for (let i = 0; i < own.length; i += 1) {
    const now = barEnd(own.time[i] ?? 0, own.timeframe);
    while (last + 1 < feed.length && barEnd(feed.time[last + 1] ?? 0, feed.timeframe) <= now) last += 1;
    index[i] = last;
  }
  return index;
}
