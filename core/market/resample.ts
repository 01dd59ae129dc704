import { certainCloseOf, closeOf } from './bar-close.ts';
import type { Bar, Bars, Timeframe } from './bars.ts';
import { LongerBar } from './longer-bar.ts';

/**
 * Longer bars out of shorter ones, as `LongerBar` makes them. A period without bars gives none; the last bar may be
 * incomplete, and closes later. `closes` says when each of the shorter ones has closed.
 */
export function resample(bars: Bars, timeframe: Timeframe, closes: typeof closeOf = certainCloseOf): Bars {
  const made: Bar[] = [];
  const closedAt: number[] = [];
  const longer = new LongerBar(bars.timeframe, timeframe, (bar, at) => {
    made.push(bar);
    closedAt.push(at);
  });
  for (let i = 0; i < bars.length; i += 1) {
    longer.add(
      {
        time: bars.time[i] ?? Number.NaN,
        open: bars.open[i] ?? Number.NaN,
        high: bars.high[i] ?? Number.NaN,
        low: bars.low[i] ?? Number.NaN,
        close: bars.close[i] ?? Number.NaN,
        volume: bars.volume[i] ?? Number.NaN,
      },
      closes(bars, i),
    );
  }
  longer.advance(Number.POSITIVE_INFINITY);
  const column = (value: (bar: Bar) => number) => Float64Array.from(made, value);
  return {
    symbol: bars.symbol,
    timeframe,
    length: made.length,
    time: column(({ time }) => time),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close: column(({ close }) => close),
    volume: column(({ volume }) => volume),
    closes: Float64Array.from(closedAt),
  };
}

/**
 * For each bar of `own`, the index of the last bar of `feed` that has closed by the time it closes; -1 while there is
 * none. Own bars have closed when they do.
 */
export function closedAt(own: Bars, feed: Bars): Int32Array {
  const index = new Int32Array(own.length);
  const feedClose = feed === own ? closeOf : certainCloseOf;
  let last = -1;
  for (let i = 0; i < own.length; i += 1) {
    const now = closeOf(own, i);
    while (last + 1 < feed.length && feedClose(feed, last + 1) <= now) last += 1;
    index[i] = last;
  }
  return index;
}
