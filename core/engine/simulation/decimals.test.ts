import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toDecimal } from '#core/elementary/to-decimal.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { movedBy } from '#core/trading/levels.ts';
import { barsFrom } from '../testing/bars.ts';
import { still, tradeBars, tradeRows, type Row } from '../testing/trade-rows.ts';

/** `npm run test:long` runs so many times as many cases. */

/**
 * A price of so many ticks moved by a percentage: whole numbers, of which one division makes the double that a file of
 * bars would have.
 */
const moved = (ticks: number, percent: number, places: number): number =>
  (ticks * (100 + percent)) / 10 ** (places + 2);

/** Prices of up to seven digits, with up to eight places. */
const prices = fc.record({
  ticks: fc.integer({ min: 100, max: 9_999_999 }),
  places: fc.integer({ min: 0, max: 8 }),
  percent: fc.integer({ min: 1, max: 99 }),
});

/** Bought or sold short at a price, and then a bar that goes as far as a level and no further. */
function touch(code: string, price: number, level: number): ReturnType<typeof tradeRows> {
  const row: Row = [price, Math.max(price, level), Math.min(price, level), price];
  return tradeRows(code, [still(price), still(price), row, still(price)]);
}

const EXITS = [
  ['buy', 'target', 1],
  ['buy', 'stop', -1],
  ['short', 'target', -1],
  ['short', 'stop', 1],
  ['buy', 'trail', -1],
  ['short', 'trail', 1],
] as const;

const LIMITS = [
  ['buy', -1],
  ['short', 1],
] as const;

/** Prices, the decimal that lies a percentage on one side of each, and how far away that is. */
interface Given {
  readonly price: number;
  readonly percent: number;
  readonly level: number;
  readonly distance: number;
  readonly byProduct: boolean;
}

const forPrices = (sign: 1 | -1, holds: (given: Given) => void): void => {
  fc.assert(
    fc.property(prices, fc.boolean(), ({ ticks, places, percent }, byProduct) => {
      holds({
        price: ticks / 10 ** places,
        percent,
        level: moved(ticks, sign * percent, places),
        distance: moved(ticks, percent - 100, places),
        byProduct,
      });
    }),
    { numRuns: 200 * SCALE },
  );
};

test.each(EXITS)(
  'rule 4: a %s whose %s is a percentage leaves on the bar that just reaches its decimal',
  (kind, name, sign) => {
    forPrices(sign, ({ price, percent, level }) => {
      const { trades } = touch(`${kind}(when: barIndex == 0, size: 10%, ${name}: ${percent}%)`, price, level);
      expect(trades).toMatchObject([{ exitBar: 2, exitPrice: level, reason: name }]);
    });
  },
);

test.each(EXITS)(
  'a %s whose %s is a price that is computed leaves on the bar that just reaches its decimal',
  (kind, name, sign) => {
    forPrices(sign, ({ price, percent, level, distance, byProduct }) => {
      const computed = byProduct
        ? `close * ${(100 + sign * percent) / 100}`
        : `close ${sign > 0 ? '+' : '-'} ${distance}`;
      const code = `at = valueWhen(barIndex == 0, ${computed})\n${kind}(when: barIndex == 0, size: 10%, ${name}: at)`;
      expect(touch(code, price, level).trades).toMatchObject([{ exitBar: 2, exitPrice: level, reason: name }]);
    });
  },
);

test.each(LIMITS)(
  'a limit of a %s, a percentage or computed, fills on the bar that just reaches its decimal',
  (kind, sign) => {
    forPrices(sign, ({ price, percent, level, distance }) => {
      for (const limit of [`${percent}%`, `close ${sign > 0 ? '+' : '-'} ${distance}`]) {
        const { trades } = touch(`${kind}(when: barIndex == 1, size: 10%, limit: ${limit})`, price, level);
        expect(trades).toMatchObject([{ entryBar: 2, entryPrice: level }]);
      }
    });
  },
);

test('a price and any percentage of three places are the decimal of their whole numbers, down to nearly nothing', () => {
  fc.assert(
    fc.property(prices, fc.integer({ min: -99_999, max: 300_000 }), ({ ticks, places }, thousandths) => {
      const level = Number(`${ticks * (100_000 + thousandths)}e-${places + 5}`);
      expect(movedBy(ticks / 10 ** places, thousandths / 100_000)).toBe(level);
    }),
    { numRuns: 2000 * SCALE },
  );
});

test('where prices have all digits of doubles, a level is left as it is: the low of a bar is reached by that low', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 2, noNaN: true }), (close) => {
      fc.pre(toDecimal(close) !== close);
      const low = close * 0.9;
      const rows: Row[] = [still(close), [close, close, low, close], [close, close, low, close], still(close)];
      const { trades } = tradeRows('buy(when: barIndex == 1, size: 10%, stop: low)', rows);
      expect(trades).toMatchObject([{ exitBar: 2, exitPrice: low, reason: 'stop' }]);
    }),
  );
});

test('an open profit of a percentage is that percentage, long and short', () => {
  fc.assert(
    fc.property(prices, fc.constantFrom('buy', 'short'), ({ ticks, places, percent }, kind) => {
      const sign = kind === 'buy' ? 1 : -1;
      const price = ticks / 10 ** places;
      const level = moved(ticks, sign * percent, places);
      const leave = kind === 'buy' ? 'sell' : 'cover';
      const { trades } = tradeRows(
        `${kind}(when: barIndex == 0, size: 10%)\n${leave}(when: position.pnl >= ${percent}%)`,
        [price, price, level, level, price, price].map(still),
      );
      expect(trades).toMatchObject([{ exitBar: 3, exitPrice: level }]);
    }),
    { numRuns: 200 * SCALE },
  );
});

test('rule 9: slippage leaves no dust behind the digits of a price', () => {
  fc.assert(
    fc.property(prices, ({ ticks, places, percent }) => {
      const price = ticks / 10 ** places;
      const { trades } = tradeRows(
        'buy(when: barIndex == 0, size: 10%)\nsell(when: barIndex == 1)',
        Array.from({ length: 4 }, () => still(price)),
        { slippage: Math.min(percent, 50) / 100 },
      );
      expect(trades).toMatchObject([
        {
          entryPrice: moved(ticks, Math.min(percent, 50), places),
          exitPrice: moved(ticks, -Math.min(percent, 50), places),
        },
      ]);
    }),
    { numRuns: 200 * SCALE },
  );
});

test('a decimal of up to 13 digits is that decimal again, whatever a last bit has done to it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_999_999_999_999 }),
      fc.integer({ min: -8, max: 22 }),
      fc.constantFrom(-1, 0, 1),
      (digits, places, bits) => {
        const decimal = Number(`${digits}e${-places}`);
        expect(toDecimal(decimal * (1 + bits * Number.EPSILON))).toBe(decimal);
      },
    ),
    { numRuns: 2000 * SCALE },
  );
});

test('what has no digits stays what it is', () => {
  expect([0, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 1e300, -1.1].map(toDecimal)).toEqual(
    [0, 0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 1e300, -1.1].map((value) => Number(value.toPrecision(15))),
  );
});

const entry = fc
  .record({
    kind: fc.constantFrom('buy', 'short'),
    every: fc.integer({ min: 1, max: 5 }),
    first: fc.nat(4),
    size: fc.constantFrom('30%', 'free(50%)', 'risk(1%)'),
    adds: fc.nat(1),
    stop: fc.constantFrom(1, 2, 5),
    target: fc.option(fc.constantFrom(1, 2, 5)),
    trail: fc.option(fc.constantFrom(1, 3)),
    limit: fc.option(fc.constantFrom(0, 1, 2)),
  })
  .map(({ kind, every, first, size, adds, stop, target, trail, limit }) => {
    const levels = Object.entries({ target, trail, limit }).flatMap(([name, percent]) =>
      percent === null ? [] : [`, ${name}: ${percent}%`],
    );
    return `${kind}(when: mod(barIndex, ${every}) == ${first % every}, size: ${size}, adds: ${adds}, stop: ${stop}%${levels.join('')})`;
  });

test(
  'the same market in another unit, with money in that unit, gives the same trades',
  () => {
    // Whole per cent of multiples of 100 are ticks: bars meet such levels to the tick.
    const ticks = fc.integer({ min: 94, max: 106 }).map((hundreds) => hundreds * 100);
    const market = fc.array(fc.tuple(ticks, ticks, ticks, ticks), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 3 }),
        market,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 0.001),
        fc.constantFrom('open', 'close'),
        (codes, rows, places, commission, fill) => {
          const run = (unit: number) =>
            tradeBars(
              codes.join('\n'),
              barsFrom(
                rows.map(([a, b, c, d]) => [
                  a / unit,
                  Math.max(a, b, c, d) / unit,
                  Math.min(a, b, c, d) / unit,
                  d / unit,
                ]),
              ),
              { cash: 1e7 / unit, leverage: 2, commission, fill },
            );
          const told = ({ trades, rejected }: ReturnType<typeof run>): unknown => ({
            trades: trades.map(({ side, entryBar, exitBar, reason }) => [side, entryBar, exitBar, reason]),
            rejected: rejected.map(({ bar }) => bar),
          });
          expect(told(run(10 ** places))).toEqual(told(run(1)));
        },
      ),
      { numRuns: 300 * SCALE },
    );
  },
  60_000 * SCALE,
);

test.each([
  ['buy', 'low', 1],
  ['short', 'high', -1],
] as const)(
  'a %s with a limit at the %s of a bar of many digits fills where that price is met again',
  (kind, name, side) => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (given, quarters) => {
          // What others store as numbers of 24 bits, and a close that is short by chance.
          const level = Math.fround(given);
          fc.pre(toDecimal(level) !== level);
          const close = toDecimal(level * (1 + (side * quarters) / 1000));
          const touching: Row = [close, Math.max(close, level), Math.min(close, level), close];
          const { trades } = tradeRows(`${kind}(when: barIndex == 0, size: 10%, limit: ${name}, expires: 5)`, [
            touching,
            still(close),
            touching,
            still(close),
          ]);
          expect(trades).toMatchObject([{ entryBar: 2, entryPrice: level }]);
        },
      ),
      { numRuns: 200 * SCALE },
    );
  },
);

test('a level that is a constant is the same beside one that is computed', () => {
  // A market of seventeen digits.
  const [price, high] = [1.2000000000000002, 1.2345678901234567];
  const rows: Row[] = [still(price), still(price), [price, high, price, price], still(price)];
  const traded = (levels: string) =>
    tradeRows(`buy(when: barIndex == 0, size: 10%, ${levels})`, rows).trades.map(({ exitBar, exitPrice, reason }) => ({
      exitBar,
      exitPrice,
      reason,
    }));
  for (const target of ['1.2345678901234567', '1.23', '1 + 0.23'])
    expect(traded(`target: ${target}, stop: low - 0.5`)).toEqual(traded(`target: ${target}, stop: 0.7`));
});
