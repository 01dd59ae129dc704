import { certainCloseOf, closeOf, countClosed } from '#core/market/bar-close.ts';
import type { Bar, Bars } from '#core/market/bars.ts';
import type { BarOutcome, BarRunner } from './bar-runner.ts';

/** The bars that a runner is given, all of them known. */
export interface GivenBars {
  readonly own: Bars;
  /** Of other symbols. */
  readonly feeds: readonly Bars[];
}

/**
 * Gives a runner the strategy's own bar at `index`, and before it those of other symbols that have closed since the one
 * before it. What was given follows from the index alone, so that a runner which was saved behind a bar needs nothing
 * else to go on.
 */
export function pushBar(runner: BarRunner, { own, feeds }: GivenBars, index: number): BarOutcome {
  const before = index === 0 ? Number.NEGATIVE_INFINITY : closeOf(own, index - 1);
  const now = closeOf(own, index);
  for (const feed of feeds) {
    for (let bar = countClosed(feed, before); bar < feed.length && certainCloseOf(feed, bar) <= now; bar += 1)
      runner.onFeed(feed.symbol, barAt(feed, bar), certainCloseOf(feed, bar));
  }
  return runner.onBar(barAt(own, index), now);
}

function barAt(bars: Bars, index: number): Bar {
  const at = (column: Float64Array) => column[index] ?? Number.NaN;
  return {
    time: at(bars.time),
    open: at(bars.open),
    high: at(bars.high),
    low: at(bars.low),
    close: at(bars.close),
    volume: at(bars.volume),
  };
}
