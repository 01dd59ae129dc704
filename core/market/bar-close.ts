import type { Bars } from './bars.ts';
import { barEnd, latestBarEnd } from './timeframe.ts';

/** Opens and length of bars: all that their closes are known by. */
export type Opens = Pick<Bars, 'time' | 'timeframe' | 'closes'>;

/**
 * When a bar has closed, for whoever decides by it: a length behind its open, and no later than the next one opens. A
 * bar that is shorter than the others (a session that begins at half past, a day of 23 hours) so sees nothing of the
 * time behind it.
 */
export const closeOf = ({ time, timeframe, closes }: Opens, bar: number): number =>
  closes?.[bar] ?? Math.min(barEnd(time[bar] ?? Number.NaN, timeframe), nextOpen(time, bar));

/**
 * When a bar of another feed has certainly closed: at the open of the next one, or when it can't last any longer. Never
 * earlier than `closeOf`, and later only for days, weeks and months of a time zone whose clocks may go back.
 */
export const certainCloseOf = ({ time, timeframe, closes }: Opens, bar: number): number =>
  closes?.[bar] ?? Math.min(latestBarEnd(time[bar] ?? Number.NaN, timeframe), nextOpen(time, bar));

/** How many bars of another feed have certainly closed at `now`. */
export function countClosed(bars: Opens, now: number): number {
  let [low, high] = [0, bars.time.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (certainCloseOf(bars, middle) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many bars of another feed say all that can be known at `now`: those that have closed, and the one behind them
 * where its open is how the last of them is known to have closed. What opens later, or comes later, changes nothing of
 * it.
 */
export function countTold(bars: Opens, now: number): number {
  const closed = countClosed(bars, now);
  const last = bars.time[closed - 1];
  return last !== undefined && !bars.closes && latestBarEnd(last, bars.timeframe) > now ? closed + 1 : closed;
}

const nextOpen = (time: Float64Array, bar: number): number => time[bar + 1] ?? Number.POSITIVE_INFINITY;
