import type { Bars } from './bars.ts';
import { barEnd, latestBarEnd } from './timeframe.ts';

/** Opens and length of bars: all that their closes are known by. */
export type Opens = Pick<Bars, 'time' | 'timeframe' | 'closes'>;

/**
 * When a bar has closed, for whoever decides by it: a length behind its open, and no later than the next one opens. A bar that is shorter than the
 * others (a session that begins at half past, a day of 23 hours) so sees nothing of the time behind it.
 */
export const closeOf = ({ time, timeframe, closes }: Opens, bar: number): number =>
  closes?.[bar] ?? Math.min(barEnd(time[bar] ?? Number.NaN, timeframe), nextOpen(time, bar));

/**
 * When a bar of another feed has certainly closed: at the open of the next one, or when it can't last any longer. Never earlier than `closeOf`,
 * and later only for days, weeks and months of a time zone whose clocks may go back.
 */
export const certainCloseOf = ({ time, timeframe, closes }: Opens, bar: number): number =>
  closes?.[bar] ?? Math.min(latestBarEnd(time[bar] ?? Number.NaN, timeframe), nextOpen(time, bar));

const nextOpen = (time: Float64Array, bar: number): number => time[bar + 1] ?? Number.POSITIVE_INFINITY;
