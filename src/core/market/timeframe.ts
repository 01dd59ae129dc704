import type { Timeframe } from './bars.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** 1970-01-05 was a Monday: weeks begin there. */
const FIRST_MONDAY = 4 * DAY;

const LENGTHS: Readonly<Record<Exclude<Timeframe, '1M'>, number>> = {
  '1s': 1000, '1m': MINUTE, '5m': 5 * MINUTE, '15m': 15 * MINUTE, '30m': 30 * MINUTE, '1h': 60 * MINUTE, '4h': 240 * MINUTE, '1d': DAY, '1w': 7 * DAY,
};

/** Length of a bar in milliseconds; a month counts as the twelfth of an average year. */
export const timeframeLength = (timeframe: Timeframe): number => (timeframe === '1M' ? (365.2425 * DAY) / 12 : LENGTHS[timeframe]);

/** When the bar that `time` lies in opened, by the calendar in UTC: weeks begin on Monday, months on the first. */
export function barStart(time: number, timeframe: Timeframe): number {
  if (timeframe === '1M') {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const length = LENGTHS[timeframe];
  const offset = timeframe === '1w' ? FIRST_MONDAY : 0;
  return Math.floor((time - offset) / length) * length + offset;
}

/**
 * When a bar that opened at `time` has closed: the beginning of the next one by the calendar. One that did not open by the calendar (a day
 * of currencies opens at 22:00) lasts a whole length from its own open, since it is not over where the calendar's is.
 */
export function barEnd(time: number, timeframe: Timeframe): number {
  if (timeframe !== '1M') return time + LENGTHS[timeframe];
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + 1);
  // Of the 31st there is none a month later: then it is the last day.
  return date.getUTCDate() === day ? date.getTime() : date.setUTCDate(0);
}

/** Whether each of the longer bars is made of whole shorter ones, where these open by the calendar. Weeks go over the ends of months. */
export const fitsInto = (shorter: Timeframe, longer: Timeframe): boolean => shorter !== '1w' || longer !== '1M';

const ALL: readonly Timeframe[] = ['1s', '1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w', '1M'];

const medianDistance = (time: Float64Array): number => {
  const distances = Array.from(time.subarray(1, 2000), (value, index) => value - (time[index] ?? value)).sort((a, b) => a - b);
  return distances[distances.length >> 1] ?? DAY;
};

/** Days of 23 hours and the months of February are no shorter bars. */
const SHORT = 0.8;

/**
 * Why bars at these times can't have this timeframe, in words; null when they can. Bars that follow each other faster than they last overlap; those
 * that are further apart may be of a market where little is traded.
 */
export function timeframeProblem(time: Float64Array, timeframe: Timeframe): string | null {
  if (time.length < 2 || medianDistance(time) >= SHORT * timeframeLength(timeframe)) return null;
  return `Most bars open before the one before them would be over: they are no ${timeframe} bars, but ${guessTimeframe(time)} ones.`;
}

/** The timeframe that bars at these times most likely have: the one nearest to their median distance, as a factor. */
export function guessTimeframe(time: Float64Array): Timeframe {
  const median = medianDistance(time);
  const factor = (timeframe: Timeframe) => {
    const ratio = Math.max(median, 1) / timeframeLength(timeframe);
    return Math.max(ratio, 1 / ratio);
  };
  return ALL.reduce((best, timeframe) => (factor(timeframe) < factor(best) ? timeframe : best));
}
