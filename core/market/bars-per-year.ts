import type { Bars } from './bars.ts';
import { indexFrom } from './index-from.ts';
import { timeframeLength } from './timeframe.ts';

const DAY = 86_400_000;
const YEAR = 365.2425 * DAY;

/** Bars a year are counted over a week at the least: in less a weekend is missing, or weighs too much. */
const LEAST_MARKET = 7 * DAY;

/** No exchange rests for longer: bars that are further apart than that lack data between them. */
const LONGEST_REST = 31 * DAY;

/** All that bars are counted by. */
type Times = Pick<Bars, 'time' | 'timeframe' | 'length'>;

/**
 * How many bars all bars of a market are a year: the distances between them over the time from the first to the last,
 * in years of 365.2425 days; NaN when they span less than a week.
 */
export function barsPerYearOf(bars: Times): number {
  const { time, length } = bars;
  const known = (time[length - 1] ?? Number.NaN) - (time[0] ?? Number.NaN);
  return known >= LEAST_MARKET ? ((length - 1) * YEAR) / (known - missingIn(bars)) : Number.NaN;
}

/**
 * Milliseconds without bars, where a market lacks more than any exchange rests. Goes from bar to bar in strides as long
 * as that, so that a million bars cost nothing: between two bars that are no further apart, nothing of the kind can
 * lie.
 */
function missingIn({ time, timeframe, length }: Times): number {
  const one = timeframeLength(timeframe);
  const longest = Math.max(LONGEST_REST, 3 * one);
  const column = time.subarray(0, length);
  let missing = 0;
  let bar = 0;
  while (bar < length - 1) {
    const begin = column[bar] ?? Number.NaN;
    // The last bar within the stride.
    const next = indexFrom(column, begin + longest + 1) - 1;
    if (next > bar) {
      bar = next;
      continue;
    }
    bar += 1;
    missing += (column[bar] ?? Number.NaN) - begin - one;
  }
  return missing;
}
