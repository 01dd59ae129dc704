import { barsPerYearOf } from '#core/market/bars-per-year.ts';
import type { Bars } from '#core/market/bars.ts';
import type { Span } from './benchmark.ts';

const DAY = 86_400_000;
const YEAR = 365.2425 * DAY;

/**
 * The least that says something of a year's growth: what is gained in less, to the power of twelve and more, is a
 * fantasy.
 */
const LEAST_RUN = 30 * DAY;

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
  const { time } = bars;
  const lasted = (time[to - 1] ?? Number.NaN) - (time[from] ?? Number.NaN);
  return {
    years: lasted >= LEAST_RUN ? lasted / YEAR : Number.NaN,
    barsPerYear: bars.barsPerYear ?? barsPerYearOf(bars),
  };
}
