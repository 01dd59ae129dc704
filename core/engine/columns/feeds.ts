import { closeOf } from '#core/market/bar-close.ts';
import type { Bars, Timeframe } from '#core/market/bars.ts';
import { indexFrom } from '#core/market/index-from.ts';
import { resample } from '#core/market/resample.ts';
import { barEnd, canBeMadeOf, timeframeLength } from '#core/market/timeframe.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import type { Clock, Plan } from '../plan/plan.ts';

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
 * Why a formula would learn nothing from a feed at any bar, in words: its bars are of another time than the strategy's.
 * Asked before a run, and no part of the rules: to the engine such a feed is missing at every bar, or stands still.
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
 * Where feeds have no bars for a part of the strategy's time, in words: before their first bar they are missing, behind
 * their last they stand still. Empty where all are there throughout.
 */
export function feedsApartInPart(plan: Plan, own: Bars, feeds: Feeds): string[] {
  const symbols = new Set(plan.clocks.map(({ symbol }) => symbol));
  return [...symbols].flatMap((symbol) => {
    const feed = symbol === null || symbol === own.symbol ? undefined : feeds.get(symbol);
    return feed === undefined || whyApart(own, feed) !== null ? [] : partsWithout(own, feed);
  });
}

function partsWithout(own: Bars, feed: Bars): string[] {
  const [ownTime, feedTime] = [timeOf(own), timeOf(feed)];
  if (!ownTime || !feedTime) return [];
  const over = overAt(feedTime);
  const before = own.time.reduce((count, time) => count + (barEnd(time, own.timeframe) <= feedTime.first ? 1 : 0), 0);
  const behind = own.time.reduce((count, time) => count + (time > over ? 1 : 0), 0);
  return [
    ...(before === 0 ? [] : [missingBefore(ownTime, feedTime, barsText(before))]),
    ...stillWithin(own, feed),
    ...(behind === 0 ? [] : [stillBehind(ownTime, feedTime, `last ${barsText(behind)}`)]),
  ];
}

/**
 * Where a feed stands still at bars of the strategy between two of its own, for longer than any holiday: the first such
 * hole, and how many there are.
 */
function stillWithin(own: Bars, feed: Bars): string[] {
  const still: { readonly from: number; readonly to: number; readonly bars: number }[] = [];
  for (let bar = 1; bar < feed.length; bar += 1) {
    const [before, now] = [feed.time[bar - 1] ?? 0, feed.time[bar] ?? 0];
    const from = barEnd(before, feed.timeframe) + Math.max(LONGEST_HOLIDAY, 2 * timeframeLength(feed.timeframe));
    if (now <= from) continue;
    const bars = indexFrom(own.time, now) - indexFrom(own.time, from);
    if (bars > 0) still.push({ from: before, to: now, bars });
  }
  const [first] = still;
  if (!first) return [];
  const more =
    still.length === 1 ? '' : ` So it does in ${still.length - 1} more ${still.length === 2 ? 'place' : 'places'}.`;
  return [
    `${feed.symbol} has no bars between ${day(first.from)} and ${day(first.to)}: it stands still at ${barsText(first.bars)} of ${own.symbol} in that time.${more}`,
  ];
}

/**
 * The time of some bars, known without the bars themselves. Times are UTC milliseconds: when the first bar and the last
 * one open.
 */
export interface BarsTime {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly first: number;
  readonly last: number;
}

/**
 * What `whyFeedsApart` or `feedsApartInPart` would say, of bars that were not read: said before a run is started. A
 * feed that is not among those given is left out.
 */
export function feedTimesApart(plan: Plan, own: BarsTime, feeds: readonly BarsTime[]): string[] {
  const symbols = new Set(plan.clocks.map(({ symbol }) => symbol));
  return feeds
    .filter(({ symbol }) => symbols.has(symbol) && symbol !== own.symbol)
    .flatMap((feed) => {
      const apart = whyTimesApart(own, feed);
      if (apart !== null) return [apart];
      return [
        ...(barEnd(own.first, own.timeframe) <= feed.first ? [missingBefore(own, feed, 'bars')] : []),
        ...(own.last > overAt(feed) ? [stillBehind(own, feed, 'later bars')] : []),
      ];
    });
}

const timeOf = ({ symbol, timeframe, time, length }: Bars): BarsTime | null => {
  const [first, last] = [time[0], time[length - 1]];
  return first === undefined || last === undefined ? null : { symbol, timeframe, first, last };
};

/** From here on a feed stands still. */
const overAt = ({ last, timeframe }: BarsTime): number =>
  barEnd(last, timeframe) + Math.max(LONGEST_REST, timeframeLength(timeframe));

const missingBefore = (own: BarsTime, feed: BarsTime, bars: string): string =>
  `${feed.symbol} begins on ${day(feed.first)}: it is missing (na) at the ${bars} of ${own.symbol} before.`;
const stillBehind = (own: BarsTime, feed: BarsTime, bars: string): string =>
  `${feed.symbol} ends on ${day(feed.last)}: it stands still at the ${bars} of ${own.symbol}.`;

const barsText = (count: number): string => (count === 1 ? 'bar' : `${count.toLocaleString('en')} bars`);

/** No exchange rests for longer: in 2020 those of China rested for eleven days. */
const LONGEST_HOLIDAY = 12 * 86_400_000;
/** A week: what rests over a weekend and a holiday has not ended. */
const LONGEST_REST = 7 * 86_400_000;

function whyApart(own: Bars, feed: Bars): string | null {
  const [ownTime, feedTime] = [timeOf(own), timeOf(feed)];
  if (!ownTime) return null;
  return feedTime ? whyTimesApart(ownTime, feedTime) : missingFeed(feed.symbol);
}

/**
 * The feed's first bar opens when the strategy's last has closed, or its last is long over when the strategy's first
 * opens. Null where the two overlap.
 */
function whyTimesApart(own: BarsTime, feed: BarsTime): string | null {
  const times = `its bars are of ${day(feed.first)} to ${day(feed.last)}, those of ${own.symbol} of ${day(own.first)} to ${day(own.last)}`;
  if (feed.first >= barEnd(own.last, own.timeframe))
    return `${feed.symbol} has no bar before the last of ${own.symbol}: ${times}.`;
  if (overAt(feed) < own.first) return `${feed.symbol} has no bar after the first of ${own.symbol}: ${times}.`;
  return null;
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** That there are no bars of another symbol, in words. */
export const missingFeed = (symbol: string | null): string =>
  `The formula reads the feed "${symbol}", and there are no bars of it.`;

/** Why bars of a timeframe can't be made of those that there are; null when they can. */
export function whyNotMade(
  timeframe: Timeframe,
  { symbol, timeframe: given }: Pick<Bars, 'symbol' | 'timeframe'>,
): string | null {
  if (canBeMadeOf(timeframe, given)) return null;
  const none = `The formula reads ${timeframe} bars of ${symbol}, and there are only ${given} ones: `;
  if (timeframeLength(timeframe) > timeframeLength(given))
    return `${none}longer bars can be made only of those that they are a whole multiple of.`;
  return `${none}longer bars can be made of shorter ones, not the other way round.`;
}
