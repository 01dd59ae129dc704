import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals } from '#core/elementary/add-decimals.ts';
import { parse } from '#core/formula/language/parse.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { err } from '#core/result/result.ts';
import { Lots } from '#core/trading/lots.ts';
import { DEFAULT_SETTINGS, type Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { createBarRunner } from '../stream/bar-runner.ts';
import { arbitraryBars } from '../testing/bars.ts';
import { decimalLots, lotsOf } from '../testing/decimal-lots.ts';
import { still, tradeBars, tradeRows } from '../testing/trade-rows.ts';

/** `npm run test:long` runs so many times as many cases. */
const BARS = 80;

const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  cash: fc.constantFrom(10_000, 333.33),
  commission: fc.constantFrom(0, 0.001),
  commissionFixed: fc.constantFrom(0, 0.1),
  slippage: fc.constantFrom(0, 0.002),
  lot: fc.constantFrom(0.1, 0.01, 1e-8, 0.25, 0.3, 1, 10),
  leverage: fc.constantFrom(1, 4),
  fill: fc.constantFrom('open', 'close'),
});

const CODES = [
  'buy(when: mod(barIndex, 3) == 0, size: units(0.1 * mod(barIndex, 7) + 0.1), adds: 5)\nsell(when: mod(barIndex, 23) == 22)',
  'buy(when: mod(barIndex, 4) == 0, size: 13%, adds: 3, stop: 6%, target: 9%)\nshort(when: mod(barIndex, 17) == 5, size: free(30%), adds: 2)',
  'short(when: mod(barIndex, 3) == 1, size: cash(77.7), limit: 1%, adds: 4, trail: 7%)\ncover(when: mod(barIndex, 19) == 3)',
];

describe('rule 12: lots', () => {
  test.each([
    [0.1, 0.3, 0.3],
    [0.1, 0.7, 0.7],
    [0.01, 0.29, 0.29],
    [1e-8, 0.12345678, 0.12345678],
    [1e-8, 123_456.789_012_34, 123_456.789_012_34],
    [0.25, 7.6, 7.5],
    [100, 299, 200],
    [1, 3.999_999, 3],
    [0.3, 0.9, 0.9],
    [2.5, 10, 10],
  ])('in lots of %d, %d units are %d', (lot, units, wanted) => {
    expect(new Lots(lot).floor(units)).toBe(wanted);
  });

  test('so many lots are the double that is nearest to their decimal', () => {
    fc.assert(
      fc.property(fc.constantFrom(0.1, 0.01, 0.001, 1e-8, 0.25, 0.3, 1, 5, 100), fc.nat(1e9), (lot, count) => {
        const wanted = decimalLots(BigInt(count), lot);
        expect([new Lots(lot).floor(wanted), new Lots(lot).round(wanted)]).toEqual([wanted, wanted]);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('ten additions of 0.1 are 1', () => {
    const rows = Array.from({ length: 12 }, () => still(7));
    expect(tradeRows('buy(when: barIndex < 10, size: units(0.1), adds: 9)', rows, { lot: 0.1 }).trades).toMatchObject([
      { units: 1, entryPrice: 7, net: 0 },
    ]);
  });
});

describe('rule 12: money', () => {
  test('the average of equal prices is that price, and leaves nothing behind', () => {
    const price = 0.1 + 0.2;
    const result = tradeRows(
      'buy(when: barIndex < 7, size: 3.3%, adds: 6)',
      Array.from({ length: 9 }, () => still(price)),
    );
    expect(result.trades).toMatchObject([{ entryPrice: price, gross: 0, net: 0 }]);
    expect(result.equity.at(-1)).toBe(10_000);
  });

  test(
    'units are whole lots; flat, cash is the start and every net profit, as decimals add up',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...CODES),
          fc.boolean().chain((isWild) => arbitraryBars(BARS, isWild)),
          settings,
          (code, bars, how) => {
            const { trades, equity } = tradeBars(code, bars, how);
            let cash = how.cash ?? 0;
            for (const [index, { units, exitBar, net }] of trades.entries()) {
              expect(units).toBe(decimalLots(lotsOf(units, how.lot ?? 0), how.lot ?? 0));
              cash = addDecimals(cash, net);
              const next = trades[index + 1]?.entryBar ?? BARS;
              for (let bar = exitBar; bar < next; bar += 1) expect(equity[bar]).toBe(cash);
            }
          },
        ),
        { numRuns: 300 * SCALE },
      );
    },
    60_000 * SCALE,
  );

  test(
    'while something is held, equity is cash and units at the close, and units are whole lots',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...CODES), arbitraryBars(BARS), settings, (code, bars, given) => {
          const how: Settings = { ...DEFAULT_SETTINGS, ...given, commission: 0, commissionFixed: 0, closeAtEnd: false };
          const plan = compile(parse(code).formula);
          const made = plan.ok ? createBarRunner(plan.value, how, '1d') : err('errors');
          if (!made.ok) throw new Error(made.error);
          const runner = made.value;
          let [equity, units, close] = [how.cash, 0, 0];
          for (let bar = 0; bar < BARS; bar += 1) {
            const [time, open, high, low, now, volume] = [
              bars.time,
              bars.open,
              bars.high,
              bars.low,
              bars.close,
              bars.volume,
            ].map((column) => column[bar] ?? NaN);
            const outcome = runner.onBar({
              time: time ?? NaN,
              open: open ?? NaN,
              high: high ?? NaN,
              low: low ?? NaN,
              close: now ?? NaN,
              volume: volume ?? NaN,
            });
            expect(outcome.position).toBe(decimalLots(lotsOf(outcome.position, how.lot), how.lot));
            // Where nothing fills, equity moves by what is held.
            if (outcome.position === units && outcome.trades.length === 0)
              expect(outcome.equity).toBeCloseTo(equity + units * ((now ?? NaN) - close), 7);
            [equity, units, close] = [outcome.equity, outcome.position, now ?? NaN];
          }
        }),
        { numRuns: 150 * SCALE },
      );
    },
    60_000 * SCALE,
  );

  test('what there is no lot for is said in digits that tell something', () => {
    expect(
      tradeRows('buy(when: barIndex == 0, size: units(0.0004))', [still(1), still(1)], { lot: 0.001 }).rejected,
    ).toMatchObject([{ reason: '0.0004 units round to no lot of 0.001.' }]);
  });
});
