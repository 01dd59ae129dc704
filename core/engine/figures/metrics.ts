import { power } from '#core/elementary/power.ts';
import type { Metrics } from '../outcome/backtest-result.ts';
import type { Benchmark } from './benchmark.ts';
import type { Calendar } from './calendar.ts';
import type { EquityFigures } from './equity-tally.ts';
import type { TradeFigures } from './trade-tally.ts';

export interface MetricDefinition {
  readonly key: string;
  readonly title: string;
  /** What it is and whose definition, as people read it beside the figure. */
  readonly definition: string;
  readonly unit: 'percent' | 'ratio' | 'count' | 'money' | 'bars';
  /** Which of two runs is the better one by this figure. */
  readonly better: 'higher' | 'lower';
}

/** Everything that the metrics are made of. */
export interface Outcome {
  readonly calendar: Calendar;
  readonly cash: number;
  readonly equity: EquityFigures;
  readonly trades: TradeFigures;
  readonly benchmark: Benchmark;
  readonly barsHeld: number;
  /** Money that changed hands. */
  readonly turnover: number;
  readonly commission: number;
}

type Measure = (outcome: Outcome) => number;

/** A quotient that is undefined, not infinite, over nothing, or over what rounding leaves of nothing; how large money and returns are does not matter. */
const over = (a: number, b: number): number => (Math.abs(b) <= 1e-15 * Math.abs(a) ? Number.NaN : a / b);

const perYear: Measure = ({ calendar }) => calendar.barsPerYear;
const root: Measure = (outcome) => Math.sqrt(perYear(outcome));
const totalReturn: Measure = ({ equity, cash }) => equity.final / cash - 1;
/** Grows with time: undefined for a run that is too short to say something of a year. */
const overYears = (value: number, { calendar }: Outcome): number => (Number.isNaN(calendar.years) ? Number.NaN : value);
/** What is lost altogether has no growth rate. */
const compounded = (total: number, years: number): number => (total <= -1 ? -1 : power(1 + total, 1 / years) - 1);
const cagr: Measure = (outcome) => overYears(compounded(totalReturn(outcome), outcome.calendar.years), outcome);
const meanReturn: Measure = (outcome) => outcome.equity.mean * perYear(outcome);
const volatility: Measure = (outcome) => outcome.equity.deviation * root(outcome);
const hitRate: Measure = ({ trades }) => over(trades.wins, trades.trades);
const lossRate: Measure = ({ trades }) => over(trades.defeats, trades.trades);
const payoff: Measure = ({ trades: { profit, loss, wins, defeats } }) => over(over(profit, wins), over(loss, defeats));
const covariance: Measure = ({ equity, benchmark }) => equity.meanProduct - equity.mean * benchmark.mean;
const beta: Measure = (outcome) =>
  outcome.benchmark.variance > 0 ? covariance(outcome) / outcome.benchmark.variance : Number.NaN;
const alpha: Measure = (outcome) =>
  overYears(power(1 + outcome.equity.mean - beta(outcome) * outcome.benchmark.mean, perYear(outcome)) - 1, outcome);

/** Mean of the returns beyond those of the market, over their sample standard deviation. */
function information(outcome: Outcome): number {
  const { equity, benchmark } = outcome;
  const variance =
    (equity.deviation * equity.deviation * (equity.bars - 1)) / equity.bars +
    benchmark.variance -
    2 * covariance(outcome);
  const spread = variance > 1e-12 * benchmark.variance ? Math.sqrt((variance * equity.bars) / (equity.bars - 1)) : 0;
  return over(equity.mean - benchmark.mean, spread);
}

/** Every metric, in the order in which it is shown. `of` has its arithmetic beside its words. */
const DEFINITIONS: readonly (MetricDefinition & { readonly of: Measure })[] = [
  metric('totalReturn', 'Total return', 'percent', 'Equity at the end over the starting cash, less 1.', totalReturn),
  metric(
    'cagr',
    'CAGR',
    'percent',
    'Compound annual growth by the calendar: (1 + total return) to the power of 1 over years from the first close to the last, less 1. None below 30 days.',
    cagr,
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
    'lower',
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
  ),
  metric(
    'maxDrawdownBars',
    'Longest drawdown',
    'bars',
    'Most bars from a peak until equity was back at it, or until the end.',
    ({ equity }) => equity.longest,
    'lower',
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
    'lower',
  ),
  metric(
    'exposure',
    'Exposure',
    'percent',
    'Share of bars at whose close a position was open.',
    ({ barsHeld, equity }) => over(barsHeld, equity.bars),
    'lower',
  ),
  metric('trades', 'Trades', 'count', 'Positions that were opened and closed.', ({ trades }) => trades.trades),
  metric('hitRate', 'Hit rate', 'percent', 'Share of trades with a net profit.', hitRate),
  metric('averageTrade', 'Average trade', 'percent', 'Mean net return of a trade.', ({ trades }) => trades.meanReturn),
  metric('bestTrade', 'Best trade', 'percent', 'Largest net return of a trade.', ({ trades }) => trades.best),
  metric('worstTrade', 'Worst trade', 'percent', 'Smallest net return of a trade.', ({ trades }) => trades.worst),
  metric(
    'losingStreak',
    'Losing streak',
    'count',
    'Most trades with a net loss in a row; one that breaks even ends the row.',
    ({ trades }) => trades.mostLosses,
    'lower',
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
  metric('expectancy', 'Expectancy', 'money', 'Mean net profit of a trade.', ({ trades }) => trades.meanNet),
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
    'lower',
  ),
  metric('commission', 'Commission paid', 'money', 'Sum over all fills.', ({ commission }) => commission, 'lower'),
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
    'lower',
  ),
  metric(
    'alpha',
    'Alpha',
    'percent',
    'Mean of return less beta times that of buy and hold, compounded over a year (empyrical alpha). None below 30 days.',
    alpha,
  ),
  metric(
    'information',
    'Information ratio',
    'ratio',
    'Mean return beyond that of buy and hold over its sample standard deviation, a bar, not annualised (empyrical excess_sharpe).',
    information,
  ),
];

/** For the pages and the reference: every metric with its definition. */
export const METRICS: readonly MetricDefinition[] = DEFINITIONS.map(({ of: _of, ...definition }) => definition);

/** All metrics of a run: each a finite number, or NaN where there is none. What is beyond all numbers says no more than what is undefined. */
export const computeMetrics = (outcome: Outcome): Metrics =>
  Object.fromEntries(
    DEFINITIONS.map(({ key, of }) => {
      const value = of(outcome);
      return [key, Number.isFinite(value) ? value : Number.NaN];
    }),
  );

function metric(
  key: string,
  title: string,
  unit: MetricDefinition['unit'],
  definition: string,
  of: Measure,
  better: MetricDefinition['better'] = 'higher',
) {
  return { key, title, definition, unit, better, of };
}
