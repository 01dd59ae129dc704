import { between, whole, type Random } from './random.ts';

/**
 * What the blocks are tried on. `random`: a walk, half of the time in ticks, so that values repeat. `flat`: stretches
 * in which nothing moves and nothing trades. `gapped`: a walk that jumps to a tenth or tenfold. `extreme`: each bar
 * anywhere from 1e-9 to 1e9, so that running sums forget their small terms.
 */
export const SERIES_KINDS = ['random', 'flat', 'gapped', 'extreme'] as const;
export type SeriesKind = (typeof SERIES_KINDS)[number];

export type PriceColumn = 'open' | 'high' | 'low' | 'close' | 'volume';

const magnitude = (random: Random): number => 10 ** between(random, -9, 9);

/** The next close after `price`. */
const MOVES: Readonly<Record<SeriesKind, (price: number, random: Random) => number>> = {
  random: (price, random) => price * between(random, 0.98, 1.02),
  flat: (price, random) => (random() < 0.9 ? price : price * between(random, 0.98, 1.02)),
  gapped: (price, random) => (random() < 0.05 ? between(random, 10, 1000) : price * between(random, 0.98, 1.02)),
  extreme: (_price, random) => magnitude(random),
};

/**
 * Bars that hold together: the low is the least of a bar, the high the most. A few have prices below zero, as oil had.
 */
export function madeUpBars(
  kind: SeriesKind,
  length: number,
  random: Random,
): Readonly<Record<PriceColumn, Float64Array>> {
  const column = () => new Float64Array(length);
  const bars = { open: column(), high: column(), low: column(), close: column(), volume: column() };
  const tick = kind !== 'extreme' && random() < 0.5 ? 2 ** whole(random, -6, 0) : 0;
  // No price is exactly zero: TA-Lib's NATR leaves the memory of such a bar as it found it, and clears its first value.
  const sunk = kind === 'random' && random() < 0.2 ? 100 + tick / 2 : 0;
  const round = (price: number): number =>
    (tick === 0 ? price : Math.max(tick, Math.round(price / tick) * tick)) - sunk;
  let price = between(random, 50, 150);
  for (let bar = 0; bar < length; bar += 1) {
    const close = MOVES[kind](price, random);
    const isStill = close === price || random() < 0.1;
    const open = isStill ? close : kind === 'random' ? price : MOVES[kind](price, random);
    const wick = (): number => (isStill ? 0 : between(random, 0, 0.01));
    bars.open[bar] = round(open);
    bars.close[bar] = round(close);
    bars.high[bar] = round(Math.max(open, close) * (1 + wick()));
    bars.low[bar] = round(Math.min(open, close) * (1 - wick()));
    bars.volume[bar] =
      isStill && kind !== 'random' ? 0 : kind === 'extreme' ? magnitude(random) : whole(random, 1, 100_000);
    price = close;
  }
  return bars;
}

/** Bars without any relation to one another, on so few prices that candle patterns happen. */
export function candleBars(length: number, random: Random): Readonly<Record<PriceColumn, Float64Array>> {
  const bars = madeUpBars('random', length, random);
  const most = whole(random, 4, 40);
  for (let bar = 0; bar < length; bar += 1) {
    const [open, close] = [whole(random, 0, most), whole(random, 0, most)];
    bars.open[bar] = 100 + open;
    bars.close[bar] = 100 + close;
    bars.high[bar] = 100 + (random() < 0.5 ? Math.max(open, close) : whole(random, Math.max(open, close), most));
    bars.low[bar] = 100 + (random() < 0.5 ? Math.min(open, close) : whole(random, 0, Math.min(open, close)));
  }
  return bars;
}

/** A series that is no price: around zero and on both sides of it, but for extremes as wild as the bars. */
export function madeUpSeries(kind: SeriesKind, length: number, random: Random): Float64Array {
  const { close } = madeUpBars(kind, length, random);
  return random() < 0.5
    ? close
    : close.map((price) => (kind === 'extreme' ? price * (random() < 0.5 ? -1 : 1) : price - 100));
}
