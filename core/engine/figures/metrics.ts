import { metric, type DescribedMetric } from './described-metric.ts';
import {
  alpha,
  beta,
  cagr,
  hitRate,
  information,
  lossRate,
  meanReturn,
  over,
  overYears,
  payoff,
  root,
  totalReturn,
  volatility,
  type Outcome,
} from './measures.ts';

export interface MetricDefinition extends DescribedMetric {
  readonly key: MetricKey;
}

/** Every metric, in the order in which it is shown. `of` has its arithmetic beside its words. */
const DEFINITIONS = [
  metric('totalReturn', 'Total return', 'percent', 'Equity at the end over the starting cash, less 1.', totalReturn, {
    isOutcome: true,
  }),
  metric(
    'cagr',
    'CAGR',
    'percent',
    'Compound annual growth by the calendar: (1 + total return) to the power of 1 over years from the first close to the last, less 1. None below 30 days.',
    cagr,
    { isOutcome: true },
  ),
  metric(
    'annualReturn',
    'Annual return',
    'percent',
    'Mean return a bar times bars a year, as many as the market has, not compounded. None below 30 days.',
    (outcome) => overYears(meanReturn(outcome), outcome),
  ),
  metric(
    'volatility',
    'Volatility',
    'percent',
    'Sample standard deviation of the returns a bar times the root of bars a year, as many as the market has (empyrical annual_volatility). None when its bars span less than a week.',
    volatility,
    { better: 'lower' },
  ),
  metric(
    'sharpe',
    'Sharpe',
    'ratio',
    'Mean return over its sample standard deviation, times the root of bars a year; risk-free rate 0 (empyrical sharpe_ratio). None when the bars of the market span less than a week.',
    (outcome) => over(outcome.equity.mean, outcome.equity.deviation) * root(outcome),
  ),
  metric(
    'sharpeCompound',
    'Sharpe, compounded',
    'ratio',
    'CAGR over volatility: what vectorized tools that annualise by compounding show.',
    (outcome) => over(cagr(outcome), volatility(outcome)),
  ),
  metric(
    'sortino',
    'Sortino',
    'ratio',
    'Annual return over the annualised root mean square of the negative returns (empyrical sortino_ratio).',
    (outcome) => over(meanReturn(outcome), outcome.equity.downside * root(outcome)),
  ),
  metric(
    'calmar',
    'Calmar',
    'ratio',
    'CAGR over the depth of the maximum drawdown (empyrical calmar_ratio).',
    (outcome) => over(cagr(outcome), -outcome.equity.deepest),
  ),
  metric(
    'omega',
    'Omega',
    'ratio',
    'Sum of the positive returns over the sum of the negative ones (empyrical omega_ratio).',
    ({ equity }) => over(equity.gains, equity.losses),
  ),
  metric(
    'maxDrawdown',
    'Maximum drawdown',
    'percent',
    'The deepest fall of equity below an earlier peak (empyrical max_drawdown).',
    ({ equity }) => equity.deepest,
    { shortTitle: 'Max drawdown' },
  ),
  metric(
    'maxDrawdownBars',
    'Longest drawdown',
    'bars',
    'Most bars from a peak until equity was back at it, or until the end.',
    ({ equity }) => equity.longest,
    { better: 'lower' },
  ),
  metric(
    'averageDrawdown',
    'Average drawdown',
    'percent',
    'Mean depth of all falls below a peak, each at its deepest.',
    ({ equity }) => equity.meanDepth,
  ),
  metric(
    'averageDrawdownBars',
    'Average drawdown length',
    'bars',
    'Mean bars from a peak until equity was back at it, or until the end.',
    ({ equity }) => equity.meanLength,
    { better: 'lower' },
  ),
  metric(
    'exposure',
    'Exposure',
    'percent',
    'Share of bars at whose close a position was open.',
    ({ barsHeld, equity }) => over(barsHeld, equity.bars),
    { better: 'lower' },
  ),
  metric('trades', 'Trades', 'count', 'Positions that were opened and closed.', ({ trades }) => trades.trades),
  metric('hitRate', 'Hit rate', 'percent', 'Share of trades with a net profit.', hitRate),
  metric('averageTrade', 'Average trade', 'percent', 'Mean net return of a trade.', ({ trades }) => trades.meanReturn, {
    isOutcome: true,
  }),
  metric('bestTrade', 'Best trade', 'percent', 'Largest net return of a trade.', ({ trades }) => trades.best, {
    isOutcome: true,
  }),
  metric('worstTrade', 'Worst trade', 'percent', 'Smallest net return of a trade.', ({ trades }) => trades.worst, {
    isOutcome: true,
  }),
  metric(
    'losingStreak',
    'Losing streak',
    'count',
    'Most trades with a net loss in a row; one that breaks even ends the row.',
    ({ trades }) => trades.mostLosses,
    { better: 'lower' },
  ),
  metric(
    'profitFactor',
    'Profit factor',
    'ratio',
    'Net profits of the winning trades over net losses of the losing ones.',
    ({ trades }) => over(trades.profit, trades.loss),
  ),
  metric(
    'payoff',
    'Payoff',
    'ratio',
    'Mean net profit of the winning trades over mean net loss of the losing ones.',
    payoff,
  ),
  metric('expectancy', 'Expectancy', 'money', 'Mean net profit of a trade.', ({ trades }) => trades.meanNet, {
    isOutcome: true,
  }),
  metric(
    'sqn',
    'SQN',
    'ratio',
    "Van Tharp's system quality number: root of trades times mean net profit over its sample standard deviation.",
    ({ trades }) => Math.sqrt(trades.trades) * over(trades.meanNet, trades.netDeviation),
  ),
  metric(
    'kelly',
    'Kelly',
    'percent',
    'Hit rate less the share of trades with a net loss over the payoff.',
    (outcome) => hitRate(outcome) - lossRate(outcome) / payoff(outcome),
  ),
  metric('averageBars', 'Average holding', 'bars', 'Mean bars from entry to exit.', ({ trades }) => trades.meanBars),
  metric(
    'turnover',
    'Turnover',
    'ratio',
    'Money that changed hands a year, by the calendar, over the mean equity. None below 30 days.',
    (outcome) => over(outcome.turnover, outcome.equity.meanEquity) / outcome.calendar.years,
    { better: 'lower' },
  ),
  metric('commission', 'Commission paid', 'money', 'Sum over all fills.', ({ commission }) => commission, {
    better: 'lower',
  }),
  metric(
    'benchmarkReturn',
    'Buy and hold',
    'percent',
    'Total return of buying at the first close and holding.',
    ({ benchmark }) => benchmark.total,
  ),
  metric(
    'beta',
    'Beta',
    'ratio',
    'Covariance of the returns with those of buy and hold over the variance of the latter (empyrical beta).',
    beta,
    { better: 'lower' },
  ),
  metric(
    'alpha',
    'Alpha',
    'percent',
    'Mean of return less beta times that of buy and hold, compounded over a year (empyrical alpha). None below 30 days.',
    alpha,
    { isOutcome: true },
  ),
  metric(
    'information',
    'Information ratio',
    'ratio',
    'Mean return beyond that of buy and hold over its sample standard deviation, a bar, not annualised (empyrical excess_sharpe).',
    information,
  ),
];

/** The name under which a figure is kept, sent and asked for. */
export type MetricKey = (typeof DEFINITIONS)[number]['key'];

/** Fractions, not percentages; NaN where a figure is undefined (no trades, no variance). */
export type Metrics = Readonly<Record<MetricKey, number>>;

/** Those of a run's metrics that are kept: JSON has no NaN, a sweep keeps some, and an engine before this had fewer. */
export type KeptMetrics = Partial<Metrics>;

/** For the pages and the reference: every metric with its definition. */
export const METRICS: readonly MetricDefinition[] = DEFINITIONS.map(({ of: _of, ...definition }) => definition);

/**
 * All metrics of a run: each a finite number, or NaN where there is none. What is beyond all numbers says no more than
 * what is undefined.
 */
export const computeMetrics = (outcome: Outcome): Metrics => {
  const figures = DEFINITIONS.map(({ key, of }) => {
    const value = of(outcome);
    return [key, Number.isFinite(value) ? value : Number.NaN];
  });
  // A figure for each key, which the type of `fromEntries` does not say.
  return Object.fromEntries(figures) as Metrics;
};
