import { power } from '#core/elementary/power.ts';
import type { Benchmark } from './benchmark.ts';
import type { Calendar } from './calendar.ts';
import type { EquityFigures } from './equity-tally.ts';
import type { TradeFigures } from './trade-tally.ts';

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

export type Measure = (outcome: Outcome) => number;

/**
 * A quotient that is undefined, not infinite, over nothing, or over what rounding leaves of nothing; how large money
 * and returns are does not matter.
 */
export const over = (a: number, b: number): number => (Math.abs(b) <= 1e-15 * Math.abs(a) ? Number.NaN : a / b);

const perYear: Measure = ({ calendar }) => calendar.barsPerYear;
export const root: Measure = (outcome) => Math.sqrt(perYear(outcome));
export const totalReturn: Measure = ({ equity, cash }) => equity.final / cash - 1;
/** Grows with time: undefined for a run that is too short to say something of a year. */
export const overYears = (value: number, { calendar }: Outcome): number =>
  Number.isNaN(calendar.years) ? Number.NaN : value;
/** What is lost altogether has no growth rate. */
const compounded = (total: number, years: number): number => (total <= -1 ? -1 : power(1 + total, 1 / years) - 1);
export const cagr: Measure = (outcome) => overYears(compounded(totalReturn(outcome), outcome.calendar.years), outcome);
export const meanReturn: Measure = (outcome) => outcome.equity.mean * perYear(outcome);
export const volatility: Measure = (outcome) => outcome.equity.deviation * root(outcome);
export const hitRate: Measure = ({ trades }) => over(trades.wins, trades.trades);
export const lossRate: Measure = ({ trades }) => over(trades.defeats, trades.trades);
export const payoff: Measure = ({ trades: { profit, loss, wins, defeats } }) =>
  over(over(profit, wins), over(loss, defeats));
const covariance: Measure = ({ equity, benchmark }) => equity.meanProduct - equity.mean * benchmark.mean;
export const beta: Measure = (outcome) =>
  outcome.benchmark.variance > 0 ? covariance(outcome) / outcome.benchmark.variance : Number.NaN;
export const alpha: Measure = (outcome) =>
  overYears(power(1 + outcome.equity.mean - beta(outcome) * outcome.benchmark.mean, perYear(outcome)) - 1, outcome);

/** Mean of the returns beyond those of the market, over their sample standard deviation. */
export function information(outcome: Outcome): number {
  const { equity, benchmark } = outcome;
  const variance =
    (equity.deviation * equity.deviation * (equity.bars - 1)) / equity.bars +
    benchmark.variance -
    2 * covariance(outcome);
  const spread = variance > 1e-12 * benchmark.variance ? Math.sqrt((variance * equity.bars) / (equity.bars - 1)) : 0;
  return over(equity.mean - benchmark.mean, spread);
}
