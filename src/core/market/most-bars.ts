import type { Timeframe } from './bars.ts';
import { timeframeLength } from './timeframe.ts';

/** What is known of a market without reading its bars. Times are UTC milliseconds. */
interface MarketFacts {
  readonly timeframe: Timeframe;
  readonly barCount: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

/** The most bars that a market can have from `from` to `to`, both included: no more than it has, and no more than fit. */
export function mostBars({ timeframe, barCount, firstTime, lastTime }: MarketFacts, from: number | null = null, to: number | null = null): number {
  const span = Math.min(to ?? lastTime, lastTime) - Math.max(from ?? firstTime, firstTime);
  // Bars that do not open by the calendar are no nearer to each other; months are at the least 28 days.
  const length = timeframe === '1M' ? timeframeLength('1d') * 28 : timeframeLength(timeframe);
  return span < 0 ? 0 : Math.min(barCount, Math.floor(span / length) + 1);
}
