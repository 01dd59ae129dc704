import fc from 'fast-check';
import type { Bars, Timeframe } from '#core/market/bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import { randomOf } from '../chance/random.ts';

/** Bars from [open, high, low, close] rows, a day each unless said otherwise. */
export function barsFrom(
  rows: readonly (readonly [number, number, number, number])[],
  timeframe: Timeframe = '1d',
): Bars {
  const length = rows.length;
  const column = (index: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[index]);
  const step = timeframeLength(timeframe);
  return {
    symbol: 'TEST',
    timeframe,
    length,
    time: Float64Array.from({ length }, (_, bar) => bar * step),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: new Float64Array(length).fill(1000),
  };
}

/** Bars that open, jump and gap at random. Wild ones do so ten times as far: they ruin who has borrowed. */
export const arbitraryBars = (length: number, isWild = false): fc.Arbitrary<Bars> => {
  const within = (min: number, max: number) =>
    fc.double({ min: isWild ? Math.max(min * 10, -0.7) : min, max: isWild ? max * 10 : max, noNaN: true });
  return fc
    .array(
      fc.tuple(
        within(-0.05, 0.05),
        within(-0.08, 0.08),
        within(0, 0.05),
        fc.double({ min: 0, max: isWild ? 0.5 : 0.05, noNaN: true }),
      ),
      { minLength: length, maxLength: length },
    )
    .map((moves) => {
      let last = 100;
      return barsFrom(
        moves.map(([gap, move, up, down]) => {
          const open = last * (1 + gap);
          const close = Math.max(0.5, open * (1 + move));
          last = close;
          return [open, Math.max(open, close) * (1 + up), Math.min(open, close) * (1 - down), close] as const;
        }),
      );
    });
};

/**
 * The same bars with prices of six decimals, as markets quote prices. Two ways to reckon a limit part in the fifteenth
 * digit of closes that have seventeen, and then part in whether a limit has changed.
 */
export const inTicks = (bars: Bars): Bars => {
  const quoted = (prices: Float64Array): Float64Array => prices.map((price) => Number(price.toFixed(6)));
  return {
    ...bars,
    open: quoted(bars.open),
    high: quoted(bars.high),
    low: quoted(bars.low),
    close: quoted(bars.close),
  };
};

/**
 * The same bars with prices of halves: equal prices, bars that stand still, levels that are just reached and sizes that
 * are just a whole lot, which prices of many digits have once in a million bars.
 */
export const inHalves = (bars: Bars): Bars => {
  const quoted = (prices: Float64Array): Float64Array => prices.map((price) => Math.max(1, Math.round(price * 2)) / 2);
  return {
    ...bars,
    open: quoted(bars.open),
    high: quoted(bars.high),
    low: quoted(bars.low),
    close: quoted(bars.close),
  };
};

/** A walk with jumps, the same each time: for what needs more bars than a property can make up. */
export function manyBars(length: number): Bars {
  const random = randomOf(1);
  let last = 100;
  return barsFrom(
    Array.from({ length }, () => {
      const open = last * (1 + (random.next() - 0.5) * 0.01);
      last = Math.max(1, open * (1 + (random.next() - 0.5) * 0.03));
      return [
        open,
        Math.max(open, last) * (1 + random.next() * 0.01),
        Math.min(open, last) * (1 - random.next() * 0.01),
        last,
      ] as const;
    }),
  );
}
