import type { Bars } from '#core/market/bars.ts';
import { varianceOf } from './equity-tally.ts';

/** Bars of a run: from one on, up to but without another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What the market itself did over the bars of a run: buying at the first close and holding. */
export interface Benchmark {
  /** As a fraction. */
  readonly total: number;
  /** Of the changes from close to close, the first bar counting as none. */
  readonly mean: number;
  /** Population variance of those. */
  readonly variance: number;
}

export function benchmarkOf({ close }: Bars, { from, to }: Span): Benchmark {
  const first = close[from] ?? Number.NaN;
  let before = first;
  const reference = to > from + 1 ? (close[from + 1] ?? Number.NaN) / first - 1 : 0;
  let sum = 0;
  // Of the distances from the first change; the first bar has none and so lies that far below.
  let distances = -reference;
  let squares = reference * reference;
  for (let bar = from + 1; bar < to; bar += 1) {
    const price = close[bar] ?? Number.NaN;
    const change = price / before - 1;
    const distance = change - reference;
    sum += change;
    distances += distance;
    squares += distance * distance;
    before = price;
  }
  const bars = to - from;
  return { total: before / first - 1, mean: sum / bars, variance: varianceOf(squares, distances, bars, bars) };
}

/** Buy and hold with `cash` from the first close of the run, at each of its closes. */
export function holdingOf({ close }: Bars, { from, to }: Span, cash: number): Float64Array {
  const first = close[from] ?? Number.NaN;
  const holding = new Float64Array(to - from);
  for (let bar = from; bar < to; bar += 1) holding[bar - from] = (cash * (close[bar] ?? Number.NaN)) / first;
  return holding;
}
