import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { decimalLots } from './testing/decimal-lots.ts';
import { still, tradeRows } from './testing/trade-rows.ts';

/** `npm run test:long` runs so many times as many cases. */

/** Lots in whole numbers and places. */
const lots = fc.constantFrom<[number, number]>([1, 0], [1, 1], [1, 2], [25, 2], [5, 1], [100, 0]);

const flat = (price: number) => Array.from({ length: 3 }, () => still(price));

test('money that is just enough for so many lots buys them, and a millionth of a lot less buys one lot less', () => {
  fc.assert(
    fc.property(
      fc.record({
        count: fc.integer({ min: 2, max: 10_000_000 }),
        lot: lots,
        ticks: fc.integer({ min: 1, max: 99_999 }),
        places: fc.integer({ min: 0, max: 4 }),
        perMille: fc.constantFrom(0, 1, 3, 20),
        // Up to a commission that is nearly all of the money.
        cents: fc.oneof(fc.constantFrom(0, 1, 99), fc.integer({ min: 1, max: 10_000_000_000 })),
        isMinimum: fc.boolean(),
      }),
      ({ count, lot: [lotUnits, lotPlaces], ticks, places, perMille, cents, isMinimum }) => {
        // In whole numbers of the last of all the digits that there are.
        const digits = lotPlaces + places + 3;
        const lotCost = BigInt(lotUnits) * BigInt(ticks) * BigInt(1000 + (isMinimum ? 0 : perMille));
        const money = BigInt(count) * lotCost + BigInt(cents) * 10n ** BigInt(digits - 2);
        fc.pre(money < 10n ** 15n);
        const lot = Number(`${lotUnits}e-${lotPlaces}`);
        const amount = (whole: bigint): number => Number(`${whole}e-${digits}`);
        const bought = (whole: bigint): number | undefined =>
          tradeRows(`buy(when: barIndex == 0, size: cash(${amount(whole)}))`, flat(Number(`${ticks}e-${places}`)), {
            cash: 2 * amount(money),
            lot,
            ...(isMinimum
              ? { commissionMinimum: cents / 100 }
              : { commission: perMille / 1000, commissionFixed: cents / 100 }),
          }).trades[0]?.units;
        expect(bought(money)).toBe(decimalLots(BigInt(count), lot));
        expect(bought(money - 1n - lotCost / 1_000_000n)).toBe(decimalLots(BigInt(count - 1), lot));
      },
    ),
    { numRuns: 300 * SCALE },
  );
});

test('a risk that is just that of so many lots buys them, however near the stop is', () => {
  fc.assert(
    fc.property(
      fc.record({
        count: fc.integer({ min: 1, max: 10_000_000 }),
        lot: lots,
        ticks: fc.integer({ min: 1000, max: 99_999 }),
        distance: fc.integer({ min: 1, max: 900 }),
        places: fc.integer({ min: 0, max: 6 }),
      }),
      ({ count, lot: [lotUnits, lotPlaces], ticks, distance, places }) => {
        const risk = BigInt(count) * BigInt(lotUnits) * BigInt(distance);
        fc.pre(risk < 10n ** 12n);
        const lot = Number(`${lotUnits}e-${lotPlaces}`);
        const price = (whole: number): number => Number(`${whole}e-${places}`);
        const { trades } = tradeRows(
          `buy(when: barIndex == 0, size: risk(1%), stop: ${price(ticks - distance)})`,
          flat(price(ticks)),
          { cash: Number(`${risk}e${2 - lotPlaces - places}`), leverage: 1_000_000, lot },
        );
        expect(trades).toMatchObject([{ units: decimalLots(BigInt(count), lot) }]);
      },
    ),
    { numRuns: 200 * SCALE },
  );
});

test('what is left of a large loss, of either side, buys what it pays for', () => {
  fc.assert(
    fc.property(
      fc.record({
        isLong: fc.boolean(),
        lot: lots,
        // Lots that lose, lots that the rest pays for, and prices in hundredths: before the loss, what is lost of them,
        // and behind it.
        lost: fc.integer({ min: 1, max: 10_000_000 }),
        paid: fc.integer({ min: 1, max: 10_000 }),
        before: fc.integer({ min: 1000, max: 9999 }),
        loss: fc.integer({ min: 500, max: 900 }),
        behind: fc.integer({ min: 1, max: 9999 }),
      }),
      ({ isLong, lot: [lotUnits, lotPlaces], lost, paid, before, loss, behind }) => {
        const lot = Number(`${lotUnits}e-${lotPlaces}`);
        const cash = BigInt(lotUnits) * (BigInt(lost) * BigInt(loss) + BigInt(paid) * BigInt(behind));
        const [open, close] = isLong ? ['buy', 'sell'] : ['short', 'cover'];
        const { trades } = tradeRows(
          `${open}(when: barIndex == 0, size: units(${decimalLots(BigInt(lost), lot)}))\n${close}(when: barIndex == 1)\n${open}(when: barIndex == 2, size: free(100%))`,
          [before, before, isLong ? before - loss : before + loss, behind, behind].map((ticks) => still(ticks / 100)),
          { cash: Number(`${cash}e${-2 - lotPlaces}`), leverage: 20, lot },
        );
        expect(trades.map(({ units }) => units)).toEqual([
          decimalLots(BigInt(lost), lot),
          decimalLots(BigInt(20 * paid), lot),
        ]);
      },
    ),
    { numRuns: 300 * SCALE },
  );
});
