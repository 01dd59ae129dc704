import { METRICS } from '../figures/metrics.ts';
import type { Metrics } from '../outcome/result.ts';
import type { Candidates } from './space.ts';

/** The metrics of every candidate of a sweep over every span: 8 bytes each, NaN where there is none. */
export class SweepTable {
  readonly candidates: Candidates;
  readonly keys: readonly string[];
  /** Why candidates could not be run. */
  readonly refused = new Map<number, string>();
  /** A row for each candidate: the metrics of each span, one span after the other, in the order of `keys`. */
  readonly figures: Float64Array;
  readonly #spans: number;

  /** Empty, or with figures that were kept. */
  constructor(candidates: Candidates, keys: readonly string[], spans = 1, figures?: Float64Array) {
    this.candidates = candidates;
    this.keys = keys;
    this.#spans = spans;
    this.figures = figures ?? new Float64Array(candidates.length * spans * keys.length).fill(Number.NaN);
  }

  /** `metrics`: one for each span. */
  set(candidate: number, metrics: readonly Metrics[]): void {
    this.setRow(candidate, rowOf(metrics, this.keys));
  }

  /** `row`: the metrics of each span, one span after the other. */
  setRow(candidate: number, row: ArrayLike<number>): void {
    this.figures.set(row, candidate * this.#spans * this.keys.length);
  }

  refuse(candidate: number, reason: string): void {
    this.refused.set(candidate, reason);
  }

  at(candidate: number, key: string, span = 0): number {
    const column = this.keys.indexOf(key);
    return column < 0
      ? Number.NaN
      : (this.figures[(candidate * this.#spans + span) * this.keys.length + column] ?? Number.NaN);
  }

  metricsOf(candidate: number, span = 0): Metrics {
    return Object.fromEntries(this.keys.map((key) => [key, this.at(candidate, key, span)]));
  }

  /** Candidates by a metric, the best first; those that have none are last, and of equal ones the earlier is the better. */
  rankedBy(key: string, span = 0): number[] {
    const worth = this.#worthBy(key, span);
    const isNone = (value: number): number => (Number.isNaN(value) ? 1 : 0);
    return Array.from(worth, (_, candidate) => candidate).sort((a, b) => {
      const [first, second] = [worth[a] ?? Number.NaN, worth[b] ?? Number.NaN];
      return isNone(first) - isNone(second) || (first === second || Number.isNaN(first) ? 0 : second - first) || a - b;
    });
  }

  /** The first of `rankedBy`, in one pass; null when no candidate has the metric. */
  bestBy(key: string, span = 0): number | null {
    let best: number | null = null;
    let most = Number.NaN;
    for (const [candidate, value] of this.#worthBy(key, span).entries()) {
      if (Number.isNaN(value) || (best !== null && value <= most)) continue;
      best = candidate;
      most = value;
    }
    return best;
  }

  /** The metric of each candidate, so that more is better; NaN where there is none. */
  #worthBy(key: string, span: number): Float64Array {
    const sign = METRICS.find((metric) => metric.key === key)?.better === 'lower' ? -1 : 1;
    const column = this.keys.indexOf(key);
    const worth = new Float64Array(this.candidates.length).fill(Number.NaN);
    if (column < 0) return worth;
    const [width, from] = [this.#spans * this.keys.length, span * this.keys.length + column];
    for (let candidate = 0; candidate < worth.length; candidate += 1)
      worth[candidate] = sign * (this.figures[candidate * width + from] ?? Number.NaN);
    return worth;
  }
}

/** Metrics as a row of figures: one span after the other, each in the order of `keys`. */
export const rowOf = (metrics: readonly Metrics[], keys: readonly string[]): number[] =>
  metrics.flatMap((one) => keys.map((key) => one[key] ?? Number.NaN));
