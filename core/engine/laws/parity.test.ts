import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bar, Bars } from '#core/market/bars.ts';
import { backtest } from '../backtest.ts';
import { PIECE } from '../columns/piecewise.ts';
import { evaluate } from '../evaluate.ts';
import type { BacktestResult } from '../outcome/backtest-result.ts';
import { DEFAULT_SETTINGS, type Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import type { Plan } from '../plan/plan.ts';
import { createBarRunner, type BarRunner } from '../stream/bar-runner.ts';
import type { Fuse } from '../stream/fuse-kernels.ts';
import { arbitraryBars, manyBars } from '../testing/bars.ts';

const BARS = 90;
/** `npm run test:long` runs so many times as many cases. */
const TIMEOUT = 60_000 * SCALE;

const settings: fc.Arbitrary<Settings> = fc.record({
  cash: fc.constant(10_000),
  commission: fc.constantFrom(0, 0.001),
  commissionFixed: fc.constantFrom(0, 1),
  commissionMinimum: fc.constantFrom(0, 2),
  slippage: fc.constantFrom(0, 0.0005),
  lot: fc.constantFrom(0, 1),
  leverage: fc.constantFrom(1, 2),
  fill: fc.constantFrom('open', 'close'),
  closeAtEnd: fc.constant(false),
  short: fc.boolean(),
});

/** Strategies that use the position, other clocks, stops and limits, as generated formulas seldom do. */
const HAND_WRITTEN = [
  `fast = ema(close, 3)
slow = ema(close, 8)
buy(when: crossover(fast, slow), size: 50%, stop: 3%, target: 6%, adds: 1)
sell(when: crossunder(fast, slow) or position.bars > 10)
short(when: close < lowest(low, 5)[1], size: risk(2%), stop: close + 2 * atr(5), trail: 5%)
cover(when: position.pnl > 4%)`,
  `week = feed(timeframe: "1w")
up = week.close > sma(week.close, 3) and week.high - week.low < 20 and week.volume > 2000
buy(when: up and rising(close), limit: 1%, expires: 3, trail: lowest(low, 4))
sell(when: not up or drawdown < -10%)
info(when: equity > 10000, note: "ahead")`,
  `line = ema(hlc3(), 9)
above = close[2] > line[1] and volume > 100
buy(when: above)
sell(when: not above and close < line)
short(when: crossunder(close, sma(close, 30)), stop: 2%)
cover(when: crossover(close, line) or cross(open, line))
info(when: close > line)`,
  `mean = sma(close, 5)
buy(when: crossover(close, mean), stop: 4%, target: 9%, trail: 6%)
short(when: crossunder(close, mean), size: 50%, trail: 8%)`,
].map((code) => parse(code).formula);

const formula = fc.oneof(
  { weight: 3, arbitrary: arbitraryFormula({ maxStatements: 8 }) },
  { weight: 2, arbitrary: fc.constantFrom(...HAND_WRITTEN) },
);

function planOf(source: Parameters<typeof compile>[0]): Plan {
  const plan = compile(source);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

const barAt = (bars: Bars, index: number): Bar => ({
  time: bars.time[index] ?? 0,
  open: bars.open[index] ?? 0,
  high: bars.high[index] ?? 0,
  low: bars.low[index] ?? 0,
  close: bars.close[index] ?? 0,
  volume: bars.volume[index] ?? 0,
});

/** As the server makes it. */
const fuse: Fuse = (parameters, body, values) =>
  new Function(...parameters, `return (cells) => {\n${body}\n};`)(...values);

function runnerOf(plan: Plan, chosen: Settings, isFused = false): BarRunner {
  const runner = createBarRunner(plan, chosen, '1d', { fuse: isFused ? fuse : null });
  if (!runner.ok) throw new Error(runner.error);
  return runner.value;
}

function batchOf(plan: Plan, bars: Bars, chosen: Settings): BacktestResult {
  const result = backtest(plan, bars, chosen);
  if (!result.ok) throw new Error('the run did not end');
  return result.value;
}

/** The first `length` bars, and others behind them. */
function withOtherFuture(bars: Bars, from: number): Bars {
  const shift = (column: Float64Array) => column.map((value, bar) => (bar >= from ? value * 1.7 : value));
  return {
    ...bars,
    open: shift(bars.open),
    high: shift(bars.high),
    low: shift(bars.low),
    close: shift(bars.close),
    volume: shift(bars.volume),
  };
}

describe('parity', () => {
  test(
    'batch and stream are bit-identical, with a save and restore at any bar',
    () => {
      fc.assert(
        fc.property(
          formula,
          arbitraryBars(BARS),
          settings,
          fc.nat(BARS - 1),
          fc.boolean(),
          fc.boolean(),
          (source, bars, chosen, pause, isFused, isFusedBehind) => {
            const plan = planOf(source);
            const batch = batchOf(plan, bars, chosen);
            // With kernels fused and not: what one has saved the other goes on from.
            let runner = runnerOf(plan, chosen, isFused);
            const streamed = {
              signals: [] as unknown[],
              trades: [] as unknown[],
              rejected: [] as unknown[],
              equity: new Float64Array(BARS),
            };
            for (let index = 0; index < BARS; index += 1) {
              if (index === pause) {
                const saved: unknown = JSON.parse(JSON.stringify(runner.save()));
                runner = runnerOf(plan, chosen, isFusedBehind);
                expect(runner.restore(saved as ReturnType<BarRunner['save']>)).toBe(true);
              }
              const outcome = runner.onBar(barAt(bars, index));
              streamed.signals.push(...outcome.signals);
              streamed.trades.push(...outcome.trades);
              streamed.rejected.push(...outcome.rejected);
              streamed.equity[index] = outcome.equity;
            }
            expect(streamed.trades).toEqual(batch.trades);
            expect(streamed.signals).toEqual(batch.signals);
            expect(streamed.rejected).toEqual(batch.rejected);
            expect(new BigUint64Array(streamed.equity.buffer)).toEqual(new BigUint64Array(batch.equity.buffer));
          },
        ),
        { numRuns: 300 * SCALE },
      );
    },
    TIMEOUT,
  );

  test(
    'also over many pieces, whatever bars they part',
    () => {
      const bars = manyBars(2 * PIECE + 100);
      for (const source of HAND_WRITTEN) {
        const plan = planOf(source);
        const batch = batchOf(plan, bars, { ...DEFAULT_SETTINGS, closeAtEnd: false });
        for (const isFused of [false, true]) {
          const runner = runnerOf(plan, DEFAULT_SETTINGS, isFused);
          const streamed = Array.from({ length: bars.length }, (_, index) => runner.onBar(barAt(bars, index)));
          expect(streamed.flatMap(({ trades }) => trades)).toEqual(batch.trades);
          expect(streamed.flatMap(({ signals }) => signals)).toEqual(batch.signals);
          expect(Float64Array.from(streamed, ({ equity }) => equity)).toEqual(batch.equity);
          expect(Float64Array.from(streamed, ({ drawdown }) => drawdown)).toEqual(batch.drawdown);
        }
      }
    },
    TIMEOUT,
  );

  test('a state of another engine is not taken', () => {
    const runner = runnerOf(planOf(HAND_WRITTEN[0] ?? parse('').formula), DEFAULT_SETTINGS);
    expect(runner.restore({ ...runner.save(), engine: 'another' })).toBe(false);
  });

  test(
    'later bars never change earlier values',
    () => {
      fc.assert(
        fc.property(formula, arbitraryBars(BARS), fc.integer({ min: 1, max: BARS - 1 }), (source, bars, from) => {
          const plan = compile(source, {}, { keepNamed: true });
          if (!plan.ok) throw new Error(JSON.stringify(plan.error));
          const [before, after] = [evaluate(plan.value, bars), evaluate(plan.value, withOtherFuture(bars, from))];
          if (!before.ok || !after.ok) throw new Error('no feeds are missing here');
          for (const [name, values] of before.value)
            expect(after.value.get(name)?.slice(0, from)).toEqual(values.slice(0, from));
        }),
        { numRuns: 200 * SCALE },
      );
    },
    TIMEOUT,
  );
});

test('the default settings are those of the documentation', () => {
  expect(DEFAULT_SETTINGS).toMatchObject({
    cash: 10_000,
    commission: 0,
    slippage: 0,
    lot: 0,
    leverage: 1,
    fill: 'open',
    closeAtEnd: true,
    short: true,
  });
});
