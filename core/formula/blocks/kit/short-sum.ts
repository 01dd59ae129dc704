import type { Cell } from './cells.ts';

/** In a window of so many bars adding all values anew at each bar takes less time than keeping sums. Measured. */
const MOST_BARS = 6;

export const isShort = (period: number): boolean => period <= MOST_BARS;

/**
 * The sum of the last `period` values, the oldest first. The oldest weighs 1, and each value weighs `slope` more than
 * the value before. A window with `na` has the sum `na`: nothing has to be counted.
 */
export function shortSumCell(period: number, slope: 0 | 1): Cell {
  const memory = new Float64Array(period).fill(Number.NaN);
  const newest = period - 1;
  return {
    memory: [memory],
    next: (x) => {
      for (let slot = 0; slot < newest; slot += 1) memory[slot] = memory[slot + 1] ?? Number.NaN;
      memory[newest] = x;
      let sum = memory[0] ?? Number.NaN;
      for (let slot = 1, weight = 1 + slope; slot < period; slot += 1, weight += slope)
        sum += (memory[slot] ?? Number.NaN) * weight;
      return sum;
    },
  };
}

interface ShortSum {
  readonly period: number;
  readonly slope: 0 | 1;
  readonly divisor: number;
}

/**
 * `shortSumCell` over a whole column, divided by `divisor`; gives whether it knows that no infinite number is in `out`.
 */
export function shortSumColumn(source: Float64Array, out: Float64Array, length: number, sum: ShortSum): boolean {
  const { period, slope, divisor } = sum;
  const first = Math.min(period - 1, length);
  const last = length - ((length - first) % 4);
  out.fill(Number.NaN, 0, first);
  let probe = slope === 0 ? plainFours(source, out, last, sum) : weightedFours(source, out, last, sum);
  const { next } = shortSumCell(period, slope);
  for (let bar = Math.max(last - first, 0); bar < length; bar += 1) {
    const value = next(source[bar] ?? Number.NaN) / divisor;
    if (bar < last) continue;
    out[bar] = value;
    probe += value;
  }
  return probe - probe === 0;
}

/**
 * The windows that end before `last`, four at a time, which share most of their values: the processor adds to each sum
 * while it waits for the others. Gives the sum of all of them. Without weights: four products at each value would take
 * a fifth of the time.
 */
function plainFours(source: Float64Array, out: Float64Array, last: number, { period, divisor }: ShortSum): number {
  let probe = 0;
  for (let bar = period - 1; bar < last; bar += 4) {
    const oldest = bar - period + 1;
    let a = source[oldest] ?? Number.NaN;
    let b = source[oldest + 1] ?? Number.NaN;
    let c = source[oldest + 2] ?? Number.NaN;
    let d = source[oldest + 3] ?? Number.NaN;
    let x = b;
    let y = c;
    let z = d;
    for (let at = oldest + 4; at <= bar + 3; at += 1) {
      const next = source[at] ?? Number.NaN;
      a += x;
      b += y;
      c += z;
      d += next;
      x = y;
      y = z;
      z = next;
    }
    a /= divisor;
    b /= divisor;
    c /= divisor;
    d /= divisor;
    out[bar] = a;
    out[bar + 1] = b;
    out[bar + 2] = c;
    out[bar + 3] = d;
    probe += a + b + (c + d);
  }
  return probe;
}

/** `plainFours` where each value weighs one more than the value before. */
function weightedFours(source: Float64Array, out: Float64Array, last: number, { period, divisor }: ShortSum): number {
  // A double from the beginning, as in `weightedMeanColumn`.
  const [one = 1] = Float64Array.of(1);
  let probe = 0;
  for (let bar = period - 1; bar < last; bar += 4) {
    const oldest = bar - period + 1;
    let a = source[oldest] ?? Number.NaN;
    let b = source[oldest + 1] ?? Number.NaN;
    let c = source[oldest + 2] ?? Number.NaN;
    let d = source[oldest + 3] ?? Number.NaN;
    let x = b;
    let y = c;
    let z = d;
    let weight = one;
    for (let at = oldest + 4; at <= bar + 3; at += 1) {
      const next = source[at] ?? Number.NaN;
      weight += one;
      a += x * weight;
      b += y * weight;
      c += z * weight;
      d += next * weight;
      x = y;
      y = z;
      z = next;
    }
    a /= divisor;
    b /= divisor;
    c /= divisor;
    d /= divisor;
    out[bar] = a;
    out[bar + 1] = b;
    out[bar + 2] = c;
    out[bar + 3] = d;
    probe += a + b + (c + d);
  }
  return probe;
}
