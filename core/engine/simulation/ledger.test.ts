import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { commissionOf } from '#core/trading/terms.ts';
import { backtest } from '../backtest.ts';
import type { Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { arbitraryBars } from '../testing/bars.ts';

/** `npm run test:long` runs so many times as many cases. */
const BARS = 90;

const settings: fc.Arbitrary<Settings> = fc.record({
  cash: fc.constantFrom(10_000, 333),
  commission: fc.constantFrom(0, 0.001, 0.03),
  commissionFixed: fc.constantFrom(0, 1),
  commissionMinimum: fc.constantFrom(0, 4),
  slippage: fc.constantFrom(0, 0.002),
  lot: fc.constantFrom(0, 1, 0.1),
  leverage: fc.constantFrom(1, 4),
  fill: fc.constantFrom('open', 'close'),
  closeAtEnd: fc.constant(true),
  short: fc.boolean(),
});

/** Positions of one entry each: what a trade tells is then all that there is to know of it. */
const FORMULAS = [
  'buy(when: crossover(close, sma(close, 4)), size: 70%, stop: 4%, target: 8%)\nsell(when: crossunder(close, sma(close, 9)))',
  'buy(when: rising(close), trail: 5%)\nshort(when: falling(close), size: risk(2%), stop: 3%)',
  'short(when: mod(barIndex, 7) == 0, size: cash(900), limit: 1%, expires: 4)\ncover(when: mod(barIndex, 11) == 0)\nbuy(when: mod(barIndex, 13) == 0, size: units(2))',
].map((code) => parse(code).formula);

test(
  'at every bar equity is the cash, with every profit and cost so far, and what the position is worth',
  () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMULAS), arbitraryBars(BARS), settings, (formula, bars, chosen) => {
        const plan = compile(formula);
        const run = plan.ok ? backtest(plan.value, bars, chosen) : plan;
        if (!run.ok) throw new Error('the run did not end');
        const { trades, equity } = run.value;
        for (let bar = 0; bar < BARS; bar += 1) {
          let worth = chosen.cash;
          for (const { side, units, entryBar, entryPrice, exitBar, net } of trades) {
            if (exitBar <= bar) worth += net;
            else if (entryBar <= bar)
              worth +=
                (side === 'long' ? 1 : -1) * units * ((bars.close[bar] ?? NaN) - entryPrice) -
                commissionOf(chosen, units, entryPrice);
          }
          expect(Math.abs((equity[bar] ?? NaN) - worth)).toBeLessThan(1e-9 * chosen.cash);
        }
      }),
      { numRuns: 300 * SCALE },
    );
  },
  60_000 * SCALE,
);

test(
  'what trades tell adds up: gross less commission is net, and the sum of all is what the run has won',
  () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMULAS), arbitraryBars(BARS), settings, (formula, bars, chosen) => {
        const plan = compile(formula);
        const run = plan.ok ? backtest(plan.value, bars, chosen) : plan;
        if (!run.ok) throw new Error('the run did not end');
        const { trades, metrics } = run.value;
        for (const { side, units, gross, net, commission, entryPrice, exitPrice, return: fraction } of trades) {
          const close = (value: number): unknown => expect.closeTo(value, 6);
          expect({ gross, net, fraction, commission }).toEqual({
            gross: close((side === 'long' ? 1 : -1) * units * (exitPrice - entryPrice)),
            net: close(gross - commission),
            fraction: close(net / (units * entryPrice)),
            commission: close(commissionOf(chosen, units, entryPrice) + commissionOf(chosen, units, exitPrice)),
          });
        }
        const won = trades.reduce((sum, { net }) => sum + net, 0);
        expect(Math.abs((metrics['totalReturn'] ?? NaN) * chosen.cash - won)).toBeLessThan(1e-6 * chosen.cash);
        expect(metrics['commission']).toBeCloseTo(
          trades.reduce((sum, { commission }) => sum + commission, 0),
          6,
        );
      }),
      { numRuns: 100 * SCALE },
    );
  },
  60_000 * SCALE,
);
