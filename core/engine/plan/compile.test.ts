import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars, Timeframe } from '#core/market/bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import { stopped } from '#core/result/outcome.ts';
import { backtest } from '../backtest.ts';
import { evaluate } from '../evaluate.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from './compile.ts';
import type { CompileOptions } from './lower-to-plan.ts';
import type { Plan, Step } from './plan.ts';

type Inputs = Parameters<typeof compile>[1];

function planOf(code: string, inputs: Inputs = {}, options: CompileOptions = {}): Plan {
  const plan = compile(parse(code).formula, inputs, options);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

const problemsOf = (code: string, inputs: Inputs = {}): readonly string[] => {
  const plan = compile(parse(code).formula, inputs);
  return plan.ok ? [] : plan.error.map(({ message }) => message);
};

const kernels = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => (step.kind === 'kernel' ? [step.block.name] : []));

describe('a plan', () => {
  test('computes equal subexpressions once', () => {
    expect(
      kernels(planOf('a = sma(close, 10)\nbuy(when: close > a)\nsell(when: sma(close, 10) > close)').steps),
    ).toEqual(['sma', 'gt', 'gt']);
  });

  test('leaves out what no action needs, unless it is to be shown', () => {
    const code = 'unused = ema(close, 9)\nbuy(when: close > 10)';
    expect(kernels(planOf(code).steps)).toEqual(['gt']);
    expect(kernels(planOf(code, {}, { keepNamed: true }).steps)).toEqual(['ema', 'gt']);
  });

  test('computes constants beforehand, inputs among them', () => {
    const code = 'input fast = 10\nslow = 2 * fast + 1\nbuy(when: sma(close, slow) > close)';
    const periods = (inputs: Inputs) =>
      planOf(code, inputs).steps.flatMap((step) => (step.kind === 'kernel' ? [step.params['timePeriod']] : []));
    expect(kernels(planOf(code).steps)).toEqual(['sma', 'gt']);
    expect(periods({})).toEqual([21, undefined]);
    expect(periods({ fast: 3 })).toEqual([7, undefined]);
  });

  test('separates what depends on the position', () => {
    const plan = planOf(
      'lost = position.pnl < -0.05\nbuy(when: close > sma(close, 5))\nsell(when: lost and close < open)',
    );
    expect(kernels(plan.steps)).toEqual(['sma', 'lt', 'gt']);
    expect(kernels(plan.positionSteps)).toEqual(['lt', 'and']);
  });

  test('na that is written is na, not what a port takes when nothing is written', () => {
    const plan = planOf('a = nz(close[1], na)\nb = nz(close[1])\nbuy(when: a > b)');
    const operands = plan.steps.flatMap((step) =>
      step.kind === 'kernel' && step.block.name === 'nz' ? [step.operands[1]] : [],
    );
    expect(operands).toEqual([
      { kind: 'constant', value: NaN },
      { kind: 'constant', value: 0 },
    ]);
  });

  test('a price is a column of the bars, not a copy', () => {
    expect(planOf('buy(when: close > open)').steps.map(({ kind }) => kind)).toEqual(['bars', 'bars', 'kernel']);
  });
});

describe('compile refuses', () => {
  test('a formula with errors, with all of them', () => {
    expect(problemsOf('buy(when: sma(close, 0) > 1)\nsell(when: 3)').length).toBe(2);
  });

  test('inputs that it does not have or does not allow', () => {
    const code = 'input fast = 10 in 2..50\ninput kind = "sma" of "sma", "ema"\nbuy(when: close > sma(close, fast))';
    expect(problemsOf(code, { fats: 3 })).toEqual(['The formula has no input `fats`. Did you mean `fast`?']);
    expect(problemsOf(code, { fast: 51 })).toEqual(['The input `fast` is at the most 50.']);
    expect(problemsOf(code, { fast: 'x' })).toEqual(['The input `fast` is a number.']);
    expect(problemsOf(code, { kind: 'wma' })).toEqual(['The input `kind` is one of sma, ema.']);
  });

  test('an input that breaks what depends on it', () => {
    expect(problemsOf('input length = 10\nbuy(when: close > sma(close, length))', { length: 1.5 })).toHaveLength(1);
  });
});

describe('feeds', () => {
  function ramp(symbol: string, timeframe: Timeframe, length: number, from = 0): Bars {
    const price = Float64Array.from({ length }, (_, bar) => from + bar + 1);
    const time = Float64Array.from({ length }, (_, bar) => bar * timeframeLength(timeframe));
    return { symbol, timeframe, length, time, open: price, high: price, low: price, close: price, volume: price };
  }

  const seriesOf = (code: string, bars: Bars, feeds: ReadonlyMap<string, Bars> = new Map()) => {
    const series = evaluate(planOf(`${code}\nbuy(when: false)`, {}, { keepNamed: true }), bars, feeds);
    if (!series.ok) throw new Error(series.error);
    return (name: string) => Array.from(series.value.get(name) ?? []);
  };

  test('a longer timeframe of the own symbol shows its last closed bar', () => {
    const series = seriesOf('four = feed(timeframe: "4h")\nlast = four.close + 0', ramp('OWN', '1h', 10));
    expect(series('last')).toEqual([NaN, NaN, NaN, 4, 4, 4, 4, 8, 8, 8]);
  });

  test('what is computed of a feed is computed on its clock', () => {
    const series = seriesOf(
      'four = feed(timeframe: "4h")\nmean = sma(four.close, 2)\ntold = mean + close',
      ramp('OWN', '1h', 9),
    );
    expect(series('mean')).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, NaN, 6, 6]);
    expect(series('told')).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, NaN, 14, 15]);
  });

  test('another symbol has its own bars', () => {
    const series = seriesOf(
      'other = feed("SPY")\nspread = close - other.close',
      ramp('OWN', '1d', 4),
      new Map([['SPY', ramp('SPY', '1d', 3, 100)]]),
    );
    expect(series('spread')).toEqual([-100, -100, -100, -99]);
  });

  test('missing bars are told in words', () => {
    const run = backtest(planOf('buy(when: feed("SPY").close > 1)'), ramp('OWN', '1d', 3), DEFAULT_SETTINGS);
    expect(run).toMatchObject({
      ok: false,
      error: { reason: 'The formula reads the feed "SPY", and there are no bars of it.' },
    });
    const finer = backtest(
      planOf('buy(when: feed(timeframe: "1h").close > 1)'),
      ramp('OWN', '1d', 3),
      DEFAULT_SETTINGS,
    );
    expect(finer).toMatchObject({
      ok: false,
      error: { reason: expect.stringContaining('longer bars can be made of shorter ones') },
    });
  });
});

test('a run can be watched and stopped', () => {
  const plan = planOf('buy(when: close > open)');
  const column = new Float64Array(40_000).fill(10);
  const bars: Bars = {
    symbol: 'OWN',
    timeframe: '1m',
    length: column.length,
    time: column.map((_, bar) => bar * 60_000),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
  };
  const seen: number[] = [];
  expect(backtest(plan, bars, DEFAULT_SETTINGS, { onProgress: (done) => seen.push(done) }).ok).toBe(true);
  expect(seen).toEqual([0, 16_384, 32_768, 40_000]);
  let asked = 0;
  expect(backtest(plan, bars, DEFAULT_SETTINGS, { shouldStop: () => (asked += 1) > 1 })).toEqual(stopped());
});
