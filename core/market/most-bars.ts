import type { Timeframe } from './bars.ts';
import { shortestBar } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is known of a market without reading its bars. Times are UTC milliseconds. */
interface MarketFacts {
  readonly timeframe: Timeframe;
  readonly barCount: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

/**
 * The most bars that a market can have from `from` to `to`, both included: no more than it has, and no more than fit.
 */
export function mostBars(
  { timeframe, barCount, firstTime, lastTime }: MarketFacts,
  from: number | null = null,
  to: number | null = null,
): number {
  const span = Math.min(to ?? lastTime, lastTime) - Math.max(from ?? firstTime, firstTime);
  if (span < 0) return 0;
  const length = shortestBar(timeframe);
  // A session may begin with a shorter bar, each day; and once a day lasts 23 hours.
  const short = length < DAY ? Math.ceil(span / DAY) : 0;
  return Math.min(barCount, Math.floor((span + HOUR * (length < DAY ? 0 : 1)) / length) + 1 + short);
}
