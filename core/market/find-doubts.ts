import { exponential } from '#core/elementary/exponential.ts';
import { logarithm } from '#core/elementary/logarithm.ts';
import type { BarColumn, Bars, Timeframe } from './bars.ts';
import { learnSessions } from './find-gaps.ts';
import { jumpOver, LEAST_JUMP, MOVES_WITHIN, NO_MARKET, OWN_JUMPS, SPLITS, timesText, USUAL_MOVES } from './jumps.ts';
import { momentText } from './moment-text.ts';
import { priceText } from './price-digits.ts';
import { timeframeLength } from './timeframe.ts';

type Columns = Pick<Bars, BarColumn | 'length'>;

/** What may be right and seldom is, in words with the figures: somebody has to say that it is meant. */
export interface Doubt {
  readonly kind: 'jump' | 'hole' | 'longer';
  readonly message: string;
}

const DAY = 86_400_000;

/** Bars that say how far prices move; of fewer than the least, only a jump that no market makes is told. */
const [MOST_LOOKED_AT, FEWEST] = [1000, 20];
/** The price behind a split is off by a usual move or so, too. */
const OFF_SPLIT = 1.5;
/** No holiday is so long; markets that were halted open again sooner, but for a few in a century. */
const [LONGEST_REST, LONGEST_BARS, OWN_HOLES] = [31 * DAY, 12, 3];
/** Distances in a row that leave out bars which the market has in other weeks; of more of its own, chance makes two. */
const [HOLES, MOST_OWN_HOLES] = [2, 0.05];

/**
 * What is odd about bars that come behind those of a market: prices of something else or in another unit, a hole longer
 * than any holiday, a few bars of another length. `known`: the newest bars of the market, `given`: bars behind them.
 * Nothing of it is impossible, and `whyNoFit` refuses what is. O(bars).
 */
export function findDoubts(known: Columns, given: Columns, timeframe: Timeframe): readonly Doubt[] {
  if (known.length === 0 || given.length === 0) return [];
  return [
    findJump(known, given, timeframe),
    findHole(known, given, timeframe),
    findFewLonger(known, given, timeframe),
  ].flatMap((doubt) => doubt ?? []);
}

function findJump(known: Columns, given: Columns, timeframe: Timeframe): Doubt | null {
  const last = known.length - 1;
  const [close, open] = [known.close[last] ?? Number.NaN, given.open[0] ?? Number.NaN];
  const jump = jumpOver(close, given, 0);
  const size = Math.abs(jump);
  if (!(size > LEAST_JUMP)) return null;
  const { usual, largest } = movesOf(known);
  const within = logarithm((given.high[0] ?? Number.NaN) / (given.low[0] ?? Number.NaN));
  const away = ((given.time[0] ?? 0) - (known.time[last] ?? 0)) / timeframeLength(timeframe);
  // Prices go on while a market is closed: as the root of time.
  const meant = usual * Math.sqrt(Math.max(1, away));
  const isOdd =
    last + 1 < FEWEST
      ? size > NO_MARKET
      : size > USUAL_MOVES * meant && size > OWN_JUMPS * largest && size > MOVES_WITHIN * within;
  const isSplit = SPLITS.some((split) => Math.abs(Math.abs(logarithm(open / close)) - split) <= OFF_SPLIT * meant);
  if (size <= NO_MARKET && (!isOdd || isSplit)) return null;
  return {
    kind: 'jump',
    message: `The first new bar opens at ${priceText(open)}, and the market closed at ${priceText(close)} before: ${timesText(open / close)}. ${ownText(largest)} Look whether the file is of the same symbol, in the same currency and unit.`,
  };
}

const ownText = (largest: number): string =>
  largest > 0
    ? `Between two of its bars that are known the price jumped by ${priceText(Number((100 * (exponential(largest) - 1)).toPrecision(2)))}% at most.`
    : 'Between its bars that are known the price never jumped.';

/** How far the price moves from a close through the next bar: usually, and the furthest jump. */
function movesOf(bars: Columns): { readonly usual: number; readonly largest: number } {
  const moves: number[] = [];
  let largest = 0;
  for (let bar = Math.max(1, bars.length - MOST_LOOKED_AT); bar < bars.length; bar += 1) {
    const before = bars.close[bar - 1] ?? Number.NaN;
    const [top, bottom] = [bars.high[bar] ?? Number.NaN, bars.low[bar] ?? Number.NaN];
    moves.push(logarithm(Math.max(top, before) / Math.min(bottom, before)));
    largest = Math.max(largest, Math.abs(jumpOver(before, bars, bar)));
  }
  moves.sort((a, b) => a - b);
  return { usual: moves[moves.length >> 1] ?? 0, largest };
}

function findHole(known: Columns, given: Columns, timeframe: Timeframe): Doubt | null {
  const [before, now] = [known.time[known.length - 1] ?? 0, given.time[0] ?? 0];
  let longest = 0;
  for (let bar = 1; bar < known.length; bar += 1)
    longest = Math.max(longest, (known.time[bar] ?? 0) - (known.time[bar - 1] ?? 0));
  const hole = now - before;
  if (hole <= Math.max(LONGEST_REST, LONGEST_BARS * timeframeLength(timeframe), OWN_HOLES * longest)) return null;
  return {
    kind: 'hole',
    message: `Between the last bar of the market, ${momentText(before)}, and the first new one, ${momentText(now)}, there are ${Math.round(hole / DAY).toLocaleString('en')} days without a bar. Add the bars between them first, if there are any: bars are put in later as a correction only.`,
  };
}

/** Bars as far apart as those over a weekend, but within a week. */
function findFewLonger(known: Columns, given: Columns, timeframe: Timeframe): Doubt | null {
  const times = known.time.subarray(0, known.length);
  const learning = learnSessions(timeframe);
  learning.add(times);
  const sessions = learning.end();
  if (!sessions || known.length < FEWEST) return null;
  const own = times.reduce((count, now, bar) => count + (sessions.leavesOut(times[bar - 1] ?? now, now) ? 1 : 0), 0);
  if (own > MOST_OWN_HOLES * known.length) return null;
  let before = times[known.length - 1] ?? 0;
  const from = before;
  for (let bar = 0; bar < HOLES; bar += 1) {
    const now = given.time[bar];
    if (now === undefined || bar >= given.length || !sessions.leavesOut(before, now)) return null;
    before = now;
  }
  return {
    kind: 'longer',
    message: `Between ${momentText(from)}, ${momentText(given.time[0] ?? 0)} and ${momentText(before)} bars are missing that the market has in other weeks. Look whether the bars of the file last as long as those of the market.`,
  };
}
