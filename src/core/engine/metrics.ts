import { barsPerYear } from '../market/timeframe.ts';
import type { Timeframe } from '../market/bars.ts';
import { drawdownEpisodes } from './drawdown-episodes.ts';
import type { Metrics, Trade } from './result.ts';
import { deviation, mean, returnStatistics, sumOf } from './statistics.ts';

export interface MetricDefinition {
  readonly key: string;
  readonly title: string;
  /** What it is and whose definition, as people read it beside the figure. */
  readonly definition: string;
  readonly unit: 'percent' | 'ratio' | 'count' | 'money' | 'bars';
}

/** Everything that the metrics are made of. Columns have one value a bar. */
export interface Outcome {
  readonly timeframe: Timeframe;
  readonly cash: number;
  readonly equity: Float64Array;
  readonly drawdown: Float64Array;
  readonly benchmark: Float64Array;
  readonly trades: readonly Trade[];
  readonly barsHeld: number;
  readonly turnover: number;
  readonly commission: number;
}

type Figures = Readonly<Record<string, number>>;

/** Every metric, in the order in which it is shown. `of` has its arithmetic beside its words. */
const DEFINITIONS: readonly (MetricDefinition & { readonly of: (outcome: Outcome, figures: Figures) => number })[] = [
  metric('totalReturn', 'Total return', 'percent', 'Equity at the end over the starting cash, less 1.', ({ equity, cash }) => (equity.at(-1) ?? cash) / cash - 1),
  metric('cagr', 'CAGR', 'percent', 'Compound annual growth: (1 + total return) to the power of bars a year over bars, less 1 (empyrical annual_return).', ({ equity }, { totalReturn, perYear }) => (1 + (totalReturn ?? 0)) ** ((perYear ?? 0) / equity.length) - 1),
  metric('annualReturn', 'Annual return', 'percent', 'Mean return a bar times bars a year, not compounded.', (_outcome, { mean: average, perYear }) => (average ?? 0) * (perYear ?? 0)),
  metric('volatility', 'Volatility', 'percent', 'Sample standard deviation of the returns a bar times the root of bars a year (empyrical annual_volatility).', (_outcome, { deviation: spread, perYear }) => (spread ?? 0) * Math.sqrt(perYear ?? 0)),
  metric('sharpe', 'Sharpe', 'ratio', 'Mean return over its sample standard deviation, times the root of bars a year; risk-free rate 0 (empyrical sharpe_ratio).', (_outcome, { mean: average, deviation: spread, perYear }) => over(average, spread) * Math.sqrt(perYear ?? 0)),
  metric('sharpeCompound', 'Sharpe, compounded', 'ratio', 'CAGR over volatility: what vectorized tools that annualise by compounding show.', (_outcome, { cagr, volatility }) => over(cagr, volatility)),
  metric('sortino', 'Sortino', 'ratio', 'Annual return over the annualised root mean square of the negative returns (empyrical sortino_ratio).', (_outcome, { annualReturn, downside, perYear }) => over(annualReturn, (downside ?? 0) * Math.sqrt(perYear ?? 0))),
  metric('calmar', 'Calmar', 'ratio', 'CAGR over the depth of the maximum drawdown (empyrical calmar_ratio).', (_outcome, { cagr, deepest }) => over(cagr, -(deepest ?? 0))),
  metric('maxDrawdown', 'Maximum drawdown', 'percent', 'The deepest fall of equity below an earlier peak.', (_outcome, { deepest }) => deepest ?? 0),
  metric('maxDrawdownBars', 'Longest drawdown', 'bars', 'Most bars from a peak until equity was back at it, or until the end.', (_outcome, { longest }) => longest ?? 0),
  metric('averageDrawdown', 'Average drawdown', 'percent', 'Mean depth of all falls below a peak, each at its deepest.', (_outcome, { averageDepth }) => averageDepth ?? Number.NaN),
  metric('averageDrawdownBars', 'Average drawdown length', 'bars', 'Mean bars from a peak until equity was back at it.', (_outcome, { averageLength }) => averageLength ?? Number.NaN),
  metric('exposure', 'Exposure', 'percent', 'Share of bars at whose close a position was open.', ({ barsHeld, equity }) => over(barsHeld, equity.length)),
  metric('trades', 'Trades', 'count', 'Positions that were opened and closed.', ({ trades }) => trades.length),
  metric('hitRate', 'Hit rate', 'percent', 'Share of trades with a net profit.', ({ trades }, { wins }) => over(wins, trades.length)),
  metric('averageTrade', 'Average trade', 'percent', 'Mean net return of a trade.', ({ trades }) => mean(trades.map((trade) => trade.return))),
  metric('bestTrade', 'Best trade', 'percent', 'Largest net return of a trade.', ({ trades }) => extreme(trades, Math.max)),
  metric('worstTrade', 'Worst trade', 'percent', 'Smallest net return of a trade.', ({ trades }) => extreme(trades, Math.min)),
  metric('profitFactor', 'Profit factor', 'ratio', 'Net profits of the winning trades over net losses of the losing ones.', (_outcome, { profit, loss }) => over(profit, loss)),
  metric('expectancy', 'Expectancy', 'money', 'Mean net profit of a trade.', ({ trades }) => mean(trades.map((trade) => trade.net))),
  metric('sqn', 'SQN', 'ratio', "Van Tharp's system quality number: root of trades times mean net profit over its sample standard deviation.", ({ trades }, { expectancy }) => Math.sqrt(trades.length) * over(expectancy, deviation(trades.map((trade) => trade.net)))),
  metric('kelly', 'Kelly', 'percent', 'Hit rate less the rate of losses over the ratio of the mean win to the mean loss.', ({ trades }, { hitRate, wins, profit, loss }) => (hitRate ?? Number.NaN) - (1 - (hitRate ?? 0)) / over(over(profit, wins), over(loss, trades.length - (wins ?? 0)))),
  metric('averageBars', 'Average holding', 'bars', 'Mean bars from entry to exit.', ({ trades }) => mean(trades.map((trade) => trade.barsHeld))),
  metric('turnover', 'Turnover', 'ratio', 'Money that changed hands a year over the mean equity.', ({ turnover }, { meanEquity, years }) => over(over(turnover, meanEquity), years)),
  metric('commission', 'Commission paid', 'money', 'Sum over all fills.', ({ commission }) => commission),
  metric('benchmarkReturn', 'Buy and hold', 'percent', 'Total return of buying at the first close and holding.', ({ benchmark, cash }) => (benchmark.at(-1) ?? cash) / cash - 1),
  metric('beta', 'Beta', 'ratio', 'Covariance of the returns with those of buy and hold over the variance of the latter (empyrical beta).', (_outcome, { beta }) => beta ?? Number.NaN),
  metric('alpha', 'Alpha', 'percent', 'Mean of return less beta times that of buy and hold, compounded over a year (empyrical alpha).', (_outcome, { alphaMean, perYear }) => (1 + (alphaMean ?? Number.NaN)) ** (perYear ?? 0) - 1),
];

/** For the pages and the reference: every metric with its definition. */
export const METRICS: readonly MetricDefinition[] = DEFINITIONS.map(({ of: _of, ...definition }) => definition);

/** All metrics of a run; NaN where one is undefined. */
export function computeMetrics(outcome: Outcome): Metrics {
  const perYear = barsPerYear(outcome.timeframe);
  const wins = outcome.trades.filter(({ net }) => net > 0);
  const losses = outcome.trades.filter(({ net }) => net <= 0);
  const episodes = drawdownEpisodes(outcome.drawdown);
  const returns = returnStatistics(outcome.equity, outcome.benchmark, outcome.cash);
  const figures: Record<string, number> = {
    perYear,
    years: outcome.equity.length / perYear,
    ...returns,
    deepest: episodes.reduce((least, { depth }) => Math.min(least, depth), 0),
    longest: episodes.reduce((most, { bars }) => Math.max(most, bars), 0),
    averageDepth: episodes.length === 0 ? 0 : mean(episodes.map(({ depth }) => depth)),
    averageLength: episodes.length === 0 ? 0 : mean(episodes.map(({ bars }) => bars)),
    wins: wins.length,
    profit: sumOf(wins.map(({ net }) => net)),
    loss: -sumOf(losses.map(({ net }) => net)),
    alphaMean: returns.mean - returns.beta * returns.benchmarkMean,
  };
  for (const definition of DEFINITIONS) figures[definition.key] = definition.of(outcome, figures);
  return Object.fromEntries(DEFINITIONS.map(({ key }) => [key, figures[key] ?? Number.NaN]));
}

function metric(key: string, title: string, unit: MetricDefinition['unit'], definition: string, of: (outcome: Outcome, figures: Figures) => number) {
  return { key, title, unit, definition, of };
}

/** A quotient that is undefined, not infinite, over nothing. */
const over = (a: number | undefined, b: number | undefined): number => (a === undefined || b === undefined || Math.abs(b) < 1e-15 ? Number.NaN : a / b);

const extreme = (trades: readonly Trade[], choose: (a: number, b: number) => number): number =>
  trades.length === 0 ? Number.NaN : trades.map((trade) => trade.return).reduce((a, b) => choose(a, b));
