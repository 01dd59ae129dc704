import type { Bars } from '#core/market/bars.ts';
import { indexFrom } from '#core/market/index-from.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import type { Span } from './benchmark.ts';

const DAY = 86_400_000;
const YEAR = 365.2425 * DAY;

/**
 * The least that says something of a year's growth: what is gained in less, to the power of twelve and more, is a
 * fantasy.
 */
const LEAST_RUN = 30 * DAY;

/** Bars a year are counted over a week at the least: in less a weekend is missing, or weighs too much. */
const LEAST_MARKET = 7 * DAY;

/** No exchange rests for longer: bars that are further apart than that lack data between them. */
const LONGEST_REST = 31 * DAY;

/** How long a run lasts, and how many bars its market has a year. */
export interface Calendar {
  /**
   * From the first close of the run to its last, in years of 365.2425 days; NaN below 30 days. Nothing can be held
   * before the first close.
   */
  readonly years: number;
  /** Of all bars of the market, not of those of the run alone; NaN when they span less than a week. */
  readonly barsPerYear: number;
}

export function calendarOf(bars: Bars, { from, to }: Span): Calendar {
  const { time, length } = bars;
  const lasted = (time[to - 1] ?? Number.NaN) - (time[from] ?? Number.NaN);
  const known = (time[length - 1] ?? Number.NaN) - (time[0] ?? Number.NaN);
  return {
    years: lasted >= LEAST_RUN ? lasted / YEAR : Number.NaN,
    barsPerYear: known >= LEAST_MARKET ? ((length - 1) * YEAR) / (known - missingIn(bars)) : Number.NaN,
  };
}

/**
 * Milliseconds without bars, where a market lacks more than any exchange rests. Goes from bar to bar in strides as long
 * as that, so that a million bars cost nothing: between two bars that are no further apart, nothing of the kind can
 * lie.
 */
function missingIn({ time, timeframe, length }: Bars): number {
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
