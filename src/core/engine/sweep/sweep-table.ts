import { METRICS } from '../metrics.ts';
import type { Metrics } from '../result.ts';
import type { Inputs } from './space.ts';

/** The metrics of every candidate of a sweep over every span: 8 bytes each, NaN where there is none. */
export class SweepTable {
  readonly candidates: readonly Inputs[];
  readonly keys: readonly string[];
  /** Why candidates could not be run. */
  readonly refused = new Map<number, string>();
  /** A row for each candidate: the metrics of each span, one span after the other, in the order of `keys`. */
  readonly figures: Float64Array;
  readonly #spans: number;

  /** Empty, or with figures that were kept. */
  constructor(candidates: readonly Inputs[], keys: readonly string[], spans = 1, figures?: Float64Array) {
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
    return column < 0 ? Number.NaN : (this.figures[(candidate * this.#spans + span) * this.keys.length + column] ?? Number.NaN);
  }

  metricsOf(candidate: number, span = 0): Metrics {
    return Object.fromEntries(this.keys.map((key) => [key, this.at(candidate, key, span)]));
  }

  /** Candidates by a metric, the best first; those that have none are last, and of equal ones the earlier is the better. */
  rankedBy(key: string, span = 0): number[] {
    const sign = METRICS.find((metric) => metric.key === key)?.better === 'lower' ? -1 : 1;
    const worth = Float64Array.from(this.candidates, (_, candidate) => {
      const value = sign * this.at(candidate, key, span);
      return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
    });
    const isNone = (candidate: number): number => (Number.isNaN(this.at(candidate, key, span)) ? 1 : 0);
    return Array.from(this.candidates, (_, candidate) => candidate).sort((a, b) => isNone(a) - isNone(b) || (worth[b] ?? 0) - (worth[a] ?? 0) || a - b);
  }
}

/** Metrics as a row of figures: one span after the other, each in the order of `keys`. */
export const rowOf = (metrics: readonly Metrics[], keys: readonly string[]): number[] => metrics.flatMap((one) => keys.map((key) => one[key] ?? Number.NaN));
