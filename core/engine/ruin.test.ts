import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { decimalLots } from './testing/decimal-lots.ts';
import { still, tradeRows, type Row } from './testing/trade-rows.ts';

/** `npm run test:long` runs so many times as many cases. */

/**
 * A position behind a loss, with money for a move of so many ticks; all in whole numbers of ticks, lots and their
 * product.
 */
const given = fc.record({
  isLong: fc.boolean(),
  fill: fc.constantFrom('open', 'close'),
  lot: fc.constantFrom<[number, number]>([1, 0], [1, 1], [1, 2], [25, 2], [100, 0]),
  lost: fc.integer({ min: 1, max: 1_000_000 }),
  loss: fc.integer({ min: 1, max: 400 }),
  held: fc.integer({ min: 1, max: 1_000_000 }),
  price: fc.integer({ min: 1000, max: 99_999 }),
  distance: fc.integer({ min: 1, max: 900 }),
  places: fc.integer({ min: 0, max: 6 }),
  fixed: fc.constantFrom(0, 1, 777),
});

test('rule 11: a bar that just reaches the price at which nothing is left ruins, at that price; a tick less does not', () => {
  fc.assert(
    fc.property(
      given,
      ({ isLong, lot: [lotUnits, lotPlaces], lost, loss, held, price, distance, places, fixed, fill }) => {
        const lot = Number(`${lotUnits}e-${lotPlaces}`);
        const side = isLong ? 1 : -1;
        const [open, close] = isLong ? ['buy', 'sell'] : ['short', 'cover'];
        const priceOf = (ticks: number): number => Number(`${ticks}e-${places}`);
        const moneyOf = (whole: bigint): number => Number(`${whole}e-${places + lotPlaces}`);
        const units = (count: number): string => String(decimalLots(BigInt(count), lot));
        // The first position loses and pays for two fills, the second pays for its entry.
        const cash =
          BigInt(lotUnits) * (BigInt(lost) * BigInt(loss) + BigInt(held) * BigInt(distance)) + 3n * BigInt(fixed);
        const run = (moved: number) => {
          const at = priceOf(price);
          const level = priceOf(price - side * moved);
          const last: Row = [at, Math.max(at, level), Math.min(at, level), at];
          const after = still(priceOf(price - side * loss));
          const rows =
            fill === 'open' ? [still(at), still(at), after, still(at), last] : [still(at), after, still(at), last];
          const when = (bar: number): string => `when: barIndex == ${bar}`;
          return tradeRows(
            `${open}(${when(0)}, size: units(${units(lost)}))\n${close}(${when(1)})\n${open}(${when(2)}, size: units(${units(held)}))`,
            rows,
            { cash: moneyOf(cash), commissionFixed: moneyOf(BigInt(fixed)), lot, leverage: 1e6, fill },
          ).trades.at(-1);
        };
        expect(run(distance)).toMatchObject({ reason: 'ruin', exitPrice: priceOf(price - side * distance) });
        expect(run(distance - 1)).toMatchObject({ reason: 'end' });
      },
    ),
    { numRuns: 300 * SCALE },
  );
});
