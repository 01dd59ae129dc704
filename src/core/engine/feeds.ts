import type { Bars, Timeframe } from '../market/bars.ts';
import { resample } from '../market/resample.ts';
import { closeOf } from '../market/bar-close.ts';
import { barEnd, canBeMadeOf, timeframeLength } from '../market/timeframe.ts';
import { err, ok, type Result } from '../result/result.ts';
import type { Clock, Plan } from './plan.ts';

/** Bars of other symbols, by symbol. */
export type Feeds = ReadonlyMap<string, Bars>;

/** The bars of each of a plan's clocks, its own first; why not in words, where they are not there. */
export function barsOfClocks(plan: Plan, own: Bars, feeds: Feeds): Result<readonly Bars[], string> {
  const all: Bars[] = [];
  for (const clock of plan.clocks) {
    const bars = barsOfClock(clock, own, feeds);
    if (!bars.ok) return bars;
    all.push(bars.value);
  }
  return ok(all);
}

export function barsOfClock({ symbol, timeframe }: Clock, own: Bars, feeds: Feeds): Result<Bars, string> {
  const source = symbol === null || symbol === own.symbol ? own : feeds.get(symbol);
  if (!source) return err(missingFeed(symbol));
  if (timeframe === null || timeframe === source.timeframe) return ok(source);
  const problem = whyNotMade(timeframe, source);
  if (problem !== null) return err(problem);
  // The strategy's own bars have closed when it decides by them.
  return ok(source === own ? resample(source, timeframe, closeOf) : resample(source, timeframe));
}

/**
 * Why a formula would learn nothing from a feed at any bar, in words: its bars are of another time than the strategy's. Asked before a run, and
 * no part of the rules: to the engine such a feed is missing at every bar, or stands still.
 */
export function whyFeedsApart(plan: Plan, own: Bars, feeds: Feeds): string | null {
  for (const { symbol } of plan.clocks) {
    const feed = symbol === null || symbol === own.symbol ? undefined : feeds.get(symbol);
    const apart = feed && whyApart(own, feed);
    if (apart) return apart;
  }
  return null;
}

/**
 * Where feeds have no bars for a part of the strategy's time, in words: before their first bar they are missing, behind their last they stand still. Empty
 * where all are there throughout.
 */
export function feedsApartInPart(plan: Plan, own: Bars, feeds: Feeds): string[] {
  const symbols = new Set(plan.clocks.map(({ symbol }) => symbol));
  return [...symbols].flatMap((symbol) => {
    const feed = symbol === null || symbol === own.symbol ? undefined : feeds.get(symbol);
    return feed === undefined || whyApart(own, feed) !== null ? [] : partsWithout(own, feed);
  });
}

function partsWithout(own: Bars, feed: Bars): string[] {
  const [begin, last] = [feed.time[0], feed.time[feed.length - 1]];
  if (begin === undefined || last === undefined) return [];
  const over = barEnd(last, feed.timeframe) + Math.max(LONGEST_REST, timeframeLength(feed.timeframe));
  const before = own.time.reduce((count, time) => count + (barEnd(time, own.timeframe) <= begin ? 1 : 0), 0);
  const behind = own.time.reduce((count, time) => count + (time > over ? 1 : 0), 0);
  return [
    ...(before === 0 ? [] : [`${feed.symbol} begins on ${day(begin)}: it is missing (na) at the ${barsText(before)} of ${own.symbol} before.`]),
    ...(behind === 0 ? [] : [`${feed.symbol} ends on ${day(last)}: it stands still at the last ${barsText(behind)} of ${own.symbol}.`]),
  ];
}

const barsText = (count: number): string => (count === 1 ? 'bar' : `${count.toLocaleString('en')} bars`);

/** A week: what rests over a weekend and a holiday has not ended. */
const LONGEST_REST = 7 * 86_400_000;

/** The first opens when the strategy's last has closed, or the last is long over when the strategy's first opens. Null where they overlap. */
function whyApart(own: Bars, feed: Bars): string | null {
  const [first, last] = [own.time[0], own.time[own.length - 1]];
  const [begin, end] = [feed.time[0], feed.time[feed.length - 1]];
  if (first === undefined || last === undefined) return null;
  if (begin === undefined || end === undefined) return missingFeed(feed.symbol);
  const times = `its bars are of ${day(begin)} to ${day(end)}, those of ${own.symbol} of ${day(first)} to ${day(last)}`;
  if (begin >= barEnd(last, own.timeframe)) return `${feed.symbol} has no bar before the last of ${own.symbol}: ${times}.`;
  if (barEnd(end, feed.timeframe) + Math.max(LONGEST_REST, timeframeLength(feed.timeframe)) < first) return `${feed.symbol} has no bar after the first of ${own.symbol}: ${times}.`;
  return null;
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** That there are no bars of another symbol, in words. */
export const missingFeed = (symbol: string | null): string => `The formula reads the feed "${symbol}", and there are no bars of it.`;

/** Why bars of a timeframe can't be made of those that there are; null when they can. */
export function whyNotMade(timeframe: Timeframe, { symbol, timeframe: given }: Pick<Bars, 'symbol' | 'timeframe'>): string | null {
  if (canBeMadeOf(timeframe, given)) return null;
  const none = `The formula reads ${timeframe} bars of ${symbol}, and there are only ${given} ones: `;
  if (timeframeLength(timeframe) > timeframeLength(given)) return `${none}longer bars can be made only of those that they are a whole multiple of.`;
  return `${none}longer bars can be made of shorter ones, not the other way round.`;
}
