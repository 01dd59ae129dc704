import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fill } from './fill.ts';
import { afterFill, openHoldings, type Holdings } from './holdings.ts';
import { Lots } from './lots.ts';

const CASH = 10_000;

/** Fills as brokers send them: in parts, and through zero. `count`: of lots, below 0 sold. */
const fills = fc.array(
  fc.record({
    count: fc.integer({ min: -9, max: 9 }).filter((count) => count !== 0),
    price: fc.double({ min: 1, max: 500, noNaN: true }),
    commission: fc.constantFrom(0, 1, 0.37),
  }),
  { maxLength: 30 },
);

interface Sums {
  readonly count: number;
  readonly paid: number;
  readonly commission: number;
  readonly turnover: number;
}

test('units are the sum of the signed fills, in whole lots; cash is what they have paid and taken', () => {
  fc.assert(
    fc.property(fills, fc.constantFrom(1, 0.1, 0.25, 0.001), (given, lot) => {
      const lots = new Lots(lot);
      let held: Readonly<Holdings> = openHoldings(CASH);
      let sums: Sums = { count: 0, paid: 0, commission: 0, turnover: 0 };
      for (const [bar, { count, price, commission }] of given.entries()) {
        const units = Math.sign(count) * lots.round(Math.abs(count) * lot);
        const fill: Fill = { units, price, commission, bar, time: bar, action: 0, reason: 'entry' };
        const before = { ...held };
        const after = afterFill(held, fill, lots);
        // What was there stays as it is.
        expect(held).toEqual(before);
        held = after;
        sums = {
          count: sums.count + count,
          paid: sums.paid + units * price + commission,
          commission: sums.commission + commission,
          turnover: sums.turnover + Math.abs(units) * price,
        };
        expect(Math.abs(held.units)).toBe(lots.round(Math.abs(sums.count) * lot));
        expect(Math.sign(held.units)).toBe(Math.sign(sums.count));
        expect(held.cash).toBeCloseTo(CASH - sums.paid, 6);
        expect(held.commission).toBeCloseTo(sums.commission, 6);
        expect(held.turnover).toBeCloseTo(sums.turnover, 6);
        if (held.units !== 0) continue;
        expect(held.cash).toBe(held.flatCash);
        expect(held).toMatchObject({ entryPrice: NaN, entryCost: 0, entryAction: -1, entryCommission: 0, adds: 0 });
      }
    }),
    { numRuns: 1000 },
  );
});

test('fractional units are the sum of the signed fills, too: sold in other parts than bought, nothing is left', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 99_999_999 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(parts, parts, fc.integer({ min: 0, max: 8 }), fc.constantFrom(1, -1), (bought, sold, places, side) => {
      const whole = bought.reduce((sum, part) => sum + part, 0);
      let left = whole;
      const inParts = sold.flatMap((part) => {
        const taken = Math.min(part, left);
        left -= taken;
        return taken === 0 ? [] : [-taken];
      });
      let count = 0;
      let held: Readonly<Holdings> = openHoldings(1e12);
      for (const part of [...bought, ...inParts, -left].filter((one) => one !== 0)) {
        count += part;
        const units = side * Number(`${part}e-${places}`);
        held = afterFill(
          held,
          { units, price: 100, commission: 0.01, bar: 0, time: 0, action: 0, reason: 'entry' },
          null,
        );
        expect(held.units).toBe(side * Number(`${count}e-${places}`) + 0);
      }
      expect(held).toMatchObject({ units: 0, entryPrice: NaN, entryCost: 0, entryCommission: 0, adds: 0 });
      expect(held.cash).toBe(held.flatCash);
    }),
    { numRuns: 1000 },
  );
});

test('a position that is closed in parts has won what one fill at the average price wins', () => {
  const fill = (units: number, price: number): Fill => ({
    units,
    price,
    commission: 0,
    bar: 0,
    time: 0,
    action: 0,
    reason: units > 0 ? 'entry' : 'signal',
  });
  const inParts = [fill(4, 100), fill(-1, 110), fill(-3, 130)].reduce<Readonly<Holdings>>(
    (held, one) => afterFill(held, one, null),
    openHoldings(CASH),
  );
  const atOnce = [fill(4, 100), fill(-4, 125)].reduce<Readonly<Holdings>>(
    (held, one) => afterFill(held, one, null),
    openHoldings(CASH),
  );
  expect(inParts.cash).toBe(CASH + 100);
  expect(atOnce.cash).toBe(CASH + 100);
});
