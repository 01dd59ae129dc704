export function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum;
}

/** NaN of nothing. */
export const mean = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : sumOf(values) / values.length);

/** Sample standard deviation (n - 1); NaN of fewer than two. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const center = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += ((values[i] ?? 0) - center) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** What the returns from bar to bar, of the equity and of buy and hold, have to say. */
export interface ReturnStatistics {
  readonly mean: number;
  /** Sample standard deviation. */
  readonly deviation: number;
  /** Root mean square of the negative ones, over all (empyrical downside_risk, unannualised). */
  readonly downside: number;
  readonly benchmarkMean: number;
  /** Covariance with the benchmark's over the variance of those; NaN where they do not vary. */
  readonly beta: number;
  readonly meanEquity: number;
}

/** Simple returns, the first from `cash`. They are computed twice, which costs less than keeping them. */
export function returnStatistics(equity: Float64Array, benchmark: Float64Array, cash: number): ReturnStatistics {
  const { length } = equity;
  let sum = 0;
  let benchmarkSum = 0;
  let equitySum = 0;
  let last = cash;
  let lastBenchmark = cash;
  for (let bar = 0; bar < length; bar += 1) {
    const value = equity[bar] ?? 0;
    const other = benchmark[bar] ?? 0;
    sum += changeOf(value, last);
    benchmarkSum += other / lastBenchmark - 1;
    equitySum += value;
    last = value;
    lastBenchmark = other;
  }
  const [average, benchmarkMean] = [sum / length, benchmarkSum / length];
  let squares = 0;
  let losses = 0;
  let covariance = 0;
  let variance = 0;
  last = cash;
  lastBenchmark = cash;
  for (let bar = 0; bar < length; bar += 1) {
    const value = equity[bar] ?? 0;
    const other = benchmark[bar] ?? 0;
    const change = changeOf(value, last);
    const distance = change - average;
    const benchmarkDistance = other / lastBenchmark - 1 - benchmarkMean;
    squares += distance * distance;
    if (change < 0) losses += change * change;
    covariance += distance * benchmarkDistance;
    variance += benchmarkDistance * benchmarkDistance;
    last = value;
    lastBenchmark = other;
  }
  return {
    mean: average, deviation: Math.sqrt(squares / (length - 1)), downside: Math.sqrt(losses / length), benchmarkMean,
    beta: variance < 1e-30 ? Number.NaN : covariance / variance, meanEquity: equitySum / length,
  };
}

/** Without a position nothing changes: a comparison costs less than a division. */
const changeOf = (value: number, last: number): number => (value === last || last === 0 ? 0 : value / last - 1);
