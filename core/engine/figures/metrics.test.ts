import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactly, minus, over, toNumber, ZERO, type Exact } from '#core/formula/testing/exact/exact.ts';
import { varianceOf } from '#core/formula/testing/exact/windows.ts';
import { barsFrom } from '../testing/bars.ts';
import { benchmarkOf, type Benchmark } from './benchmark.ts';
import { EquityTally } from './equity-tally.ts';
import type { Metrics } from './metrics.ts';
import { computeMetrics, METRICS } from './metrics.ts';
import { periodReturns } from './periods.ts';
import { TradeTally } from './trade-tally.ts';

// The unit vectors of empyrical (empyrical/tests/test_stats.py), in percent. Its first mixed return is missing: it is
// left out here, except where empyrical counts it as a period without change.
const MIXED = [1, 10, -4, 2, 3, 2, 1, -10];
const MIXED_FROM_START = [0, ...MIXED];
const POSITIVE = [1, 2, 1, 1, 1, 1, 1, 1, 1];
const NEGATIVE = [0, -6, -7, -1, -9, -2, -6, -8, -5];

const ONE = [-0.171614, 1.322056, 3.063862, -1.422057, -0.489779, 1.268925, -3.357711, 1.797036];
const TWO = [1.846232, 0.793951, -1.448395, 0.422537, -0.339611, 3.756813, 1.51531, 3.549769];

/** Returns less others, which are taken in turn. */
const less = (returns: readonly number[], others: readonly number[]): number[] =>
  returns.map((value, index) => value - (others[index % others.length] ?? 0));

const CASH = 1000;

/** Equity that has these returns. */
const compound = (percents: readonly number[]): number[] => {
  let value = CASH;
  return percents.map((percent) => (value *= 1 + percent / 100));
};

/** What the market did, as bars see it: from close to close. */
function benchmarkWith(closes: readonly number[]): Benchmark {
  const bars = barsFrom([CASH, ...closes].map((close) => [close, close, close, close]));
  // The bar before is the start, not one of them.
  const { total, mean, variance } = benchmarkOf(bars, { from: 0, to: bars.length });
  const n = closes.length;
  // One bar less without a change: the moments over n instead of n + 1.
  const inner = (mean * (n + 1)) / n;
  return { total, mean: inner, variance: ((variance + mean ** 2) * (n + 1)) / n - inner ** 2 };
}

/** Bars a year as empyrical takes them (APPROX_BDAYS_PER_YEAR and its like), whatever the dates. */
const PER_YEAR = { '1d': 252, '1w': 52, '1M': 12 } as const;

interface Story {
  readonly timeframe?: keyof typeof PER_YEAR;
  readonly market?: readonly number[];
  readonly trades?: readonly { readonly net: number; readonly fraction: number; readonly bars: number }[];
}

function metricsOfEquity(
  equity: readonly number[],
  { timeframe = '1d', market = equity, trades = [] }: Story = {},
): Metrics {
  const tally = new EquityTally(CASH);
  equity.forEach((value, bar) => tally.add(value, (market[bar] ?? NaN) / (market[bar - 1] ?? CASH) - 1));
  const traded = new TradeTally();
  for (const { net, fraction, bars } of trades) traded.add(net, fraction, bars);
  const barsPerYear = PER_YEAR[timeframe];
  return computeMetrics({
    calendar: { barsPerYear, years: equity.length / barsPerYear },
    cash: CASH,
    equity: tally.figures(),
    trades: traded.figures(),
    benchmark: benchmarkWith(market),
    barsHeld: 3,
    turnover: 4000,
    commission: 7,
  });
}

const metricsOf = (
  returns: readonly number[],
  {
    timeframe = '1d',
    benchmark = returns,
    ...story
  }: Omit<Story, 'market'> & { readonly benchmark?: readonly number[] } = {},
): Metrics => metricsOfEquity(compound(returns), { timeframe, market: compound(benchmark), ...story });

const asTrade = (net: number) => ({ net, fraction: net / CASH, bars: 1 });

describe('metrics of returns agree with empyrical', () => {
  test.each([
    ['sharpe', MIXED, '1d', 1.7238613961706866],
    ['sharpe', POSITIVE, '1d', 52.915026221291804],
    ['sharpe', NEGATIVE, '1d', -24.406808633910085],
    ['sortino', MIXED, '1d', 2.605531251673693],
    ['sortino', NEGATIVE, '1d', -13.532743075043401],
    ['volatility', MIXED, '1d', 0.9136465399704637],
    ['volatility', MIXED_FROM_START, '1w', 0.38851569394870583],
    ['volatility', MIXED_FROM_START, '1M', 0.18663690238892558],
    ['cagr', MIXED_FROM_START, '1d', 1.9135925373194231],
    ['cagr', MIXED_FROM_START, '1w', 0.24690830513998208],
    ['cagr', MIXED_FROM_START, '1M', 0.052242061386048144],
    ['calmar', MIXED_FROM_START, '1d', 19.135925373194233],
    ['calmar', MIXED_FROM_START, '1w', 2.4690830513998208],
    ['calmar', MIXED_FROM_START, '1M', 0.52242061386048144],
    ['maxDrawdown', MIXED, '1d', -0.1],
    ['maxDrawdown', POSITIVE, '1d', 0],
    ['maxDrawdown', NEGATIVE, '1d', -0.36590730349873601],
    ['maxDrawdown', [10, -10, 10], '1d', -0.1],
    ['sortino', MIXED_FROM_START, '1w', 1.1158901056866439],
    ['sortino', MIXED_FROM_START, '1M', 0.53605626741889756],
    ['sortino', ONE, '1d', 3.0639640966566306],
    ['sortino', TWO, '1d', 38.090963117002495],
    ['sortino', ONE, '1w', 1.3918264112070571],
    ['sortino', TWO, '1M', 8.3121296084492844],
    // Less a risk-free rate: of 1% a day, and of a benchmark that gains 1% every other day.
    ['omega', less(MIXED, [1]), '1d', 0.8125],
    ['omega', less(POSITIVE, [1.1]), '1d', 1.125],
    ['sortino', less(MIXED, [1]), '1d', -1.3934779588919977],
    ['sharpe', less(MIXED, [1, 0]), '1d', 0.34111411441060574],
  ] as const)('%s of %j, %s: %d', (key, returns, timeframe, expected) => {
    expect(metricsOf(returns, { timeframe })[key]).toBeCloseTo(expected, 8);
  });

  test('information ratio', () => {
    expect(metricsOf(MIXED, { benchmark: MIXED.map(() => 0) })['information']).toBeCloseTo(0.10859306069076737, 8);
    expect(metricsOf(MIXED, { benchmark: MIXED.map(() => 1) })['information']).toBeCloseTo(-0.06515583641446039, 8);
    expect(metricsOf(MIXED)['information']).toBeNaN();
  });

  test('of returns that are all alike nothing varies', () => {
    const metrics = metricsOf(
      Array.from({ length: 9 }, () => 1),
      { benchmark: NEGATIVE },
    );
    expect(metrics).toMatchObject({ volatility: 0, sharpe: NaN, sortino: NaN, omega: NaN, beta: 0 });
    // Also of very many.
    expect(metricsOf(Array.from({ length: 20_000 }, () => 0.01))).toMatchObject({ volatility: 0, sharpe: NaN });
  });

  test('alpha and beta', () => {
    const against = metricsOf(MIXED, { benchmark: NEGATIVE.slice(1) });
    expect(against['alpha']).toBeCloseTo(-0.9997853834885004, 8);
    expect(against['beta']).toBeCloseTo(-0.7129629629629631, 8);
    expect(metricsOf(MIXED)).toMatchObject({ alpha: expect.closeTo(0, 12), beta: expect.closeTo(1, 12) });
  });
});

describe('metrics by hand', () => {
  const trade = (net: number, fraction: number, bars: number) => ({ net, fraction, bars });

  test('of trades', () => {
    const metrics = metricsOf(MIXED, {
      trades: [trade(30, 0.3, 4), trade(-10, -0.1, 2), trade(20, 0.2, 3), trade(-20, -0.2, 3)],
    });
    expect(metrics).toMatchObject({
      trades: 4,
      hitRate: 0.5,
      bestTrade: 0.3,
      worstTrade: -0.2,
      averageTrade: expect.closeTo(0.05, 12),
      averageBars: 3,
      expectancy: 5,
      losingStreak: 1,
      payoff: expect.closeTo(5 / 3, 12),
      // 50 won, 30 lost.
      profitFactor: expect.closeTo(5 / 3, 12),
      // Half the trades win, 25 on average against 15: 0.5 - 0.5 / (25 / 15).
      kelly: expect.closeTo(0.2, 12),
      // Deviations 25, -15, 15, -25: variance 1700 / 3.
      sqn: expect.closeTo((2 * 5) / Math.sqrt(1700 / 3), 12),
    });
  });

  test('of falls and their lengths', () => {
    // 1000, 900, 800, 1000, 950, 1100: a fall to -20%, back at the peak three bars behind it, and one to -5%, back two
    // bars behind its peak.
    const metrics = metricsOfEquity([1000, 900, 800, 1000, 950, 1100]);
    expect(metrics).toMatchObject({
      totalReturn: expect.closeTo(0.1, 12),
      maxDrawdown: expect.closeTo(-0.2, 12),
      maxDrawdownBars: 3,
      averageDrawdown: expect.closeTo(-0.125, 12),
      averageDrawdownBars: 2.5,
      exposure: 0.5,
      commission: 7,
      // 4000 a run of 6 / 252 years, over a mean equity of 5750 / 6.
      turnover: expect.closeTo(4000 / (5750 / 6) / (6 / 252), 9),
    });
  });

  test('a fall that lasts counts from its peak to the last bar', () => {
    expect(metricsOfEquity([1000, 1100, 900, 950])).toMatchObject({ maxDrawdownBars: 2, averageDrawdownBars: 2 });
    // Below the starting cash from the first bar on.
    expect(metricsOfEquity([999, 998, 997])).toMatchObject({ maxDrawdownBars: 3 });
  });

  test('of winning, losing and breakeven trades: all figures, reckoned from the list once more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(0)), { minLength: 1, maxLength: 40 }),
        (nets) => {
          const metrics = metricsOf([0, 0], { trades: nets.map(asTrade) });
          const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
          const won = nets.filter((net) => net > 0);
          const lost = nets.filter((net) => net < 0);
          const payoff = sum(won) / won.length / (-sum(lost) / lost.length);
          const streak = Math.max(
            ...nets
              .map((net) => (net < 0 ? 'l' : ' '))
              .join('')
              .split(' ')
              .map(({ length }) => length),
          );
          const close = (value: number): unknown => (Number.isFinite(value) ? expect.closeTo(value, 9) : Number.NaN);
          expect(metrics).toMatchObject({
            trades: nets.length,
            hitRate: close(won.length / nets.length),
            profitFactor: lost.length === 0 ? Number.NaN : close(sum(won) / -sum(lost)),
            payoff: close(payoff),
            kelly: close(won.length / nets.length - lost.length / nets.length / payoff),
            losingStreak: streak,
            expectancy: close(sum(nets) / nets.length),
          });
        },
      ),
    );
  });

  test('a trade that breaks even is no losing trade', () => {
    // +100, -50, 0: 100 / 50, and 1/3 - 1/3 / 2.
    expect(metricsOf([0, 0], { trades: [100, -50, 0].map(asTrade) })).toMatchObject({
      payoff: 2,
      kelly: expect.closeTo(1 / 6, 12),
    });
  });

  test('what is undefined is NaN, never infinite', () => {
    const flat = metricsOf([0, 0, 0]);
    expect(Object.entries(flat).filter(([, value]) => !Number.isFinite(value) && !Number.isNaN(value))).toEqual([]);
    expect(flat).toMatchObject({
      sharpe: NaN,
      sortino: NaN,
      calmar: NaN,
      hitRate: NaN,
      profitFactor: NaN,
      bestTrade: NaN,
      beta: NaN,
      totalReturn: 0,
      maxDrawdown: 0,
    });
  });

  test('every metric has a title and a definition', () => {
    expect(METRICS.map(({ key }) => key)).toEqual(Object.keys(metricsOf(MIXED)));
    for (const { title, definition } of METRICS) expect(title.length * definition.length).toBeGreaterThan(0);
  });
});

test('returns of months and years are chained', () => {
  const time = [Date.UTC(2023, 10, 30), Date.UTC(2023, 11, 1), Date.UTC(2023, 11, 29), Date.UTC(2024, 0, 2)];
  const equity = [1100, 1000, 1210, 1331];
  expect(
    periodReturns(time, equity, CASH, 'month').map((month) => [
      new Date(month.start).toISOString().slice(0, 7),
      Number(month.return.toFixed(9)),
    ]),
  ).toEqual([
    ['2023-11', 0.1],
    ['2023-12', 0.1],
    ['2024-01', 0.1],
  ]);
  expect(periodReturns(time, equity, CASH, 'year').map((year) => Number(year.return.toFixed(9)))).toEqual([0.21, 0.1]);
});

test('and agree with empyrical (aggregate_returns)', () => {
  const time = MIXED_FROM_START.map((_, week) => Date.UTC(2000, 0, 30 + 7 * week));
  const returns = (period: 'month' | 'year') =>
    periodReturns(time, compound(MIXED_FROM_START), CASH, period).map((one) => one.return);
  expect(returns('month')).toEqual(
    [0, 0.087891200000000058, -0.04500459999999995].map((value) => expect.closeTo(value, 8)),
  );
  expect(returns('year')).toEqual([expect.closeTo(0.038931091700480147, 8)]);
});

describe('figures do not depend on how large money, prices or returns are', () => {
  /** Returns that have `common` in common and vary by `varying`: quotients less 1, as the tally sees them. */
  const equityOf = (common: number, varying: number): number[] => {
    let value = CASH;
    return Array.from({ length: 400 }, (_, bar) => (value *= 1 + common + varying * Math.sin(bar * bar)));
  };
  const returnsOf = (equity: readonly number[]): Exact[] =>
    equity.map((value, bar) => minus(over(exactly(value), exactly(equity[bar - 1] ?? CASH)) ?? ZERO, exactly(1)));

  // What varies is a part of a return, which rounding leaves 2^-52 of: that much of it is no figure.
  test.each([
    [0, 3e-5],
    [3e-5, 3e-5],
    [3e-5, 3e-7],
    [0.01, 1e-6],
    [0, 1e-7],
    [0.5, 0.001],
  ])('the deviation of returns of %d that vary by %d', (common, varying) => {
    const equity = equityOf(common, varying);
    const tally = new EquityTally(CASH);
    equity.forEach((value) => tally.add(value, 0));
    const exact = returnsOf(equity);
    const deviation = Math.sqrt((toNumber(varianceOf(exact)) * equity.length) / (equity.length - 1));
    expect(Math.abs(tally.figures().deviation / deviation - 1)).toBeLessThan(1e-9 + 2 ** -52 / varying);
    const benchmark = benchmarkOf(barsFrom([CASH, ...equity].map((close) => [close, close, close, close])), {
      from: 0,
      to: equity.length + 1,
    });
    expect(Math.abs(benchmark.variance / toNumber(varianceOf([...exact, ZERO])) - 1)).toBeLessThan(
      1e-9 + 2 ** -51 / varying,
    );
  });

  test('returns that are all the same do not vary', () => {
    for (const common of [0, 3e-5, 0.01, -0.2]) expect(metricsOfEquity(equityOf(common, 0))['sharpe']).toBeNaN();
  });

  test.each([1e-9, 7e-6, 1, 1e9, 1e12])('of trades in units of %d', (unit) => {
    const tally = new TradeTally();
    for (const net of [3, -1, 2, -2, 5]) tally.add(net * unit, 0.01, 1);
    const { trades, benchmark } = { trades: tally.figures(), benchmark: benchmarkWith(compound(MIXED)) };
    const metrics = computeMetrics({
      calendar: { years: 1, barsPerYear: 252 },
      cash: CASH,
      equity: new EquityTally(CASH).figures(),
      trades,
      benchmark,
      barsHeld: 5,
      turnover: 1,
      commission: 0,
    });
    expect(metrics['profitFactor']).toBeCloseTo(10 / 3, 9);
    expect(metrics['payoff']).toBeCloseTo(10 / 3 / 1.5, 9);
    expect(metrics['sqn']).toBeCloseTo(Math.sqrt(5) * (1.4 / Math.sqrt(8.3)), 9);
  });
});
