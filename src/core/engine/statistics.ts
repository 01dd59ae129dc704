type Numbers = ArrayLike<number>;

export function sumOf(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum;
}

/** NaN of nothing. */
export const mean = (values: Numbers): number => (values.length === 0 ? Number.NaN : sumOf(values) / values.length);

/** Sample standard deviation (n - 1); NaN of fewer than two. */
export function deviation(values: Numbers): number {
  if (values.length < 2) return Number.NaN;
  const center = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += ((values[i] ?? 0) - center) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Root mean square of the negative ones, over all (empyrical downside_risk, unannualised). */
export function downsideDeviation(values: Numbers): number {
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += Math.min(values[i] ?? 0, 0) ** 2;
  return values.length === 0 ? Number.NaN : Math.sqrt(squares / values.length);
}

/** Simple returns from value to value, the first from `start`. */
export function returnsOf(values: Float64Array, start: number): Float64Array {
  const returns = new Float64Array(values.length);
  let last = start;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? last;
    returns[i] = last === 0 ? 0 : value / last - 1;
    last = value;
  }
  return returns;
}

/** Covariance over the variance of `benchmark`; NaN where that does not vary. */
export function betaOf(returns: Float64Array, benchmark: Float64Array): number {
  const [a, b] = [mean(returns), mean(benchmark)];
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < returns.length; i += 1) {
    const distance = (benchmark[i] ?? 0) - b;
    covariance += ((returns[i] ?? 0) - a) * distance;
    variance += distance * distance;
  }
  return variance < 1e-30 ? Number.NaN : covariance / variance;
}
