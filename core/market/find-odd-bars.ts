import { logarithm } from '#core/elementary/logarithm.ts';
import type { BarColumn, Bars, Timeframe } from './bars.ts';
import { findOutOfPlace } from './find-out-of-place.ts';
import { jumpOver, LEAST_JUMP, MOVES_WITHIN, NO_MARKET, OWN_JUMPS, SPLITS, timesText, USUAL_MOVES } from './jumps.ts';
import { momentText } from './moment-text.ts';
import type { OddBar } from './odd-bar.ts';
import { priceText } from './price-digits.ts';
import { timeframeLength } from './timeframe.ts';

type Columns = Pick<Bars, BarColumn | 'length'>;

const DAY = 86_400_000;
const [MOST_LOOKED_AT, FEWEST] = [2000, 60];
/** So many usual ranges beyond open and close, and so many times as far as any other bar, is no price of a market. */
const [USUAL_RANGES, OWN_SPIKES] = [12, 3];
/** How far a price may be off one that came back, or off a split, in usual moves. */
const OFF = 3;
/** No holiday is so long; nor are so many bars, or so many of the longest other hole. */
const [LONGEST_REST, LONGEST_BARS, OWN_HOLES] = [31 * DAY, 12, 3];

/**
 * What is odd about the bars of a series: prices in another unit or of something else from a bar on, an extreme that
 * nothing near it explains, a hole longer than any holiday, single bars when the market is closed. Nothing of it is
 * impossible (`checkBars` says what is). One of a kind is told, with how many there are. O(bars).
 */
export function findOddBars(bars: Columns, timeframe: Timeframe): readonly OddBar[] {
  if (bars.length < 2) return [];
  const usual = usualMove(bars);
  return [findJump(bars, timeframe, usual), findSpike(bars, usual), findHole(bars, timeframe)]
    .concat(findOutOfPlace(bars.time.subarray(0, bars.length), timeframe))
    .flatMap((odd) => odd ?? [])
    .sort((a, b) => a.bar - b.bar);
}

/** How far the price usually moves from a close through the next bar, as a logarithm. */
function usualMove({ length, high, low, close }: Columns): number {
  const moves: number[] = [];
  const step = Math.max(1, Math.floor(length / MOST_LOOKED_AT));
  for (let bar = 1; bar < length; bar += step) {
    const before = close[bar - 1] ?? Number.NaN;
    moves.push(logarithm(Math.max(high[bar] ?? Number.NaN, before) / Math.min(low[bar] ?? Number.NaN, before)));
  }
  moves.sort((a, b) => a - b);
  return moves[moves.length >> 1] ?? 0;
}

interface Largest {
  readonly bar: number;
  readonly size: number;
}

/** The largest sizes of bars, largest first. */
class LargestFew {
  /** What is no larger than this is none of them: most bars are passed over by it alone. */
  least = 0;
  readonly #kept: Largest[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(bar: number, size: number): void {
    const kept = this.#kept;
    const at = kept.findIndex((other) => Math.abs(size) > Math.abs(other.size));
    kept.splice(at < 0 ? kept.length : at, 0, { bar, size });
    if (kept.length > this.#most) kept.pop();
    if (kept.length === this.#most) this.least = Math.abs(kept.at(-1)?.size ?? 0);
  }

  get all(): readonly Largest[] {
    return this.#kept;
  }
}

/** A jump, and the one back. */
const TWO = 2;

function findJump(bars: Columns, timeframe: Timeframe, usual: number): OddBar | null {
  const largest = new LargestFew(TWO + 1);
  let [beyond, first] = [0, -1];
  for (let bar = 1; bar < bars.length; bar += 1) {
    const before = bars.close[bar - 1] ?? Number.NaN;
    // Most bars reach the close before, and need no logarithm.
    if ((bars.low[bar] ?? Number.NaN) <= before && before <= (bars.high[bar] ?? Number.NaN)) continue;
    const size = jumpOver(before, bars, bar);
    if (Math.abs(size) > NO_MARKET) {
      beyond += 1;
      if (first < 0) first = bar;
    }
    if (Math.abs(size) > largest.least) largest.add(bar, size);
  }
  if (beyond > 0) return jumpAt(bars, first, beyond - 1, usual);
  const [one, two, three] = largest.all;
  if (!one || bars.length < FEWEST) return null;
  // What is put back later was an island of other prices: the largest other jump says what the market does.
  const isIsland = two !== undefined && Math.abs(one.size + two.size) <= OFF * usual;
  const other = Math.abs((isIsland ? three : two)?.size ?? 0);
  const isOdd = ({ bar, size }: Largest): boolean => {
    const away = ((bars.time[bar] ?? 0) - (bars.time[bar - 1] ?? 0)) / timeframeLength(timeframe);
    const within = logarithm((bars.high[bar] ?? Number.NaN) / (bars.low[bar] ?? Number.NaN));
    const far = Math.abs(size);
    return (
      far > LEAST_JUMP &&
      far > USUAL_MOVES * usual * Math.sqrt(Math.max(1, away)) &&
      far > OWN_JUMPS * other &&
      far > MOVES_WITHIN * within
    );
  };
  if (!isOdd(one) || (isIsland && !isOdd(two))) return null;
  return isIsland ? jumpAt(bars, Math.min(one.bar, two.bar), 1, usual) : jumpAt(bars, one.bar, 0, usual);
}

function jumpAt(bars: Columns, bar: number, more: number, usual: number): OddBar {
  const [close, open] = [bars.close[bar - 1] ?? Number.NaN, bars.open[bar] ?? Number.NaN];
  const factor = Math.abs(logarithm(open / close));
  const isSplit = SPLITS.some((split) => Math.abs(factor - split) <= OFF * usual);
  const again =
    more === 0 ? '' : ` So it jumps in ${more.toLocaleString('en')} more ${more === 1 ? 'place' : 'places'}.`;
  const advice = isSplit
    ? 'So it does where shares are split: look whether the prices are adjusted for that.'
    : 'Look whether all of the file is of one symbol, in one currency and unit.';
  return {
    kind: 'jump',
    bar,
    message: `The bar of ${momentText(bars.time[bar] ?? 0)} opens at ${priceText(open)}, and the one before closed at ${priceText(close)}: ${timesText(open / close)}.${again} ${advice}`,
  };
}

function findSpike({ length, time, open, high, low, close }: Columns, usual: number): OddBar | null {
  const largest = new LargestFew(TWO);
  let [beyond, first] = [0, -1];
  for (let bar = 0; bar < length; bar += 1) {
    const [o, c] = [open[bar] ?? Number.NaN, close[bar] ?? Number.NaN];
    const up = (high[bar] ?? Number.NaN) / Math.max(o, c);
    const down = Math.min(o, c) / (low[bar] ?? Number.NaN);
    const far = up > down ? up : down;
    if (far > 30) {
      beyond += 1;
      if (first < 0) first = bar;
    }
    if (far - 1 > largest.least) largest.add(bar, far - 1);
  }
  const [one, two] = largest.all;
  const isOdd =
    one !== undefined &&
    length >= FEWEST &&
    logarithm(1 + one.size) > Math.max(LEAST_JUMP, USUAL_RANGES * usual, OWN_SPIKES * logarithm(1 + (two?.size ?? 0)));
  if (beyond === 0 && !isOdd) return null;
  const bar = beyond > 0 ? first : (one?.bar ?? 0);
  const [top, bottom] = [high[bar] ?? Number.NaN, low[bar] ?? Number.NaN];
  const [most, least] = [Math.max(open[bar] ?? 0, close[bar] ?? 0), Math.min(open[bar] ?? 0, close[bar] ?? 0)];
  const isHigh = top / most > least / bottom;
  const again = beyond > 1 ? ` So it is in ${(beyond - 1).toLocaleString('en')} more places.` : '';
  return {
    kind: 'spike',
    bar,
    message: `The bar of ${momentText(time[bar] ?? 0)} goes from ${priceText(isHigh ? most : least)} to ${priceText(isHigh ? top : bottom)} and back: ${timesText(isHigh ? top / most : bottom / least)}, further than any other.${again} A stop or a limit in between would fill there: look whether somebody traded at that price.`,
  };
}

function findHole({ length, time }: Columns, timeframe: Timeframe): OddBar | null {
  const largest = new LargestFew(TWO);
  for (let bar = 1; bar < length; bar += 1) {
    const distance = (time[bar] ?? 0) - (time[bar - 1] ?? 0);
    if (distance > largest.least) largest.add(bar, distance);
  }
  const [one, two] = largest.all;
  if (!one) return null;
  const longest = Math.max(LONGEST_REST, LONGEST_BARS * timeframeLength(timeframe), OWN_HOLES * (two?.size ?? 0));
  if (one.size <= longest) return null;
  return {
    kind: 'hole',
    bar: one.bar,
    message: `Between ${momentText(time[one.bar - 1] ?? 0)} and ${momentText(time[one.bar] ?? 0)} there are ${Math.round(one.size / DAY).toLocaleString('en')} days without a bar: what is held over them moves at once.`,
  };
}
