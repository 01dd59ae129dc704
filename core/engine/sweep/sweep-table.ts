import type { KeptMetrics, MetricKey } from '../figures/metrics.ts';
import { isWorth, metricOfWorth, worthKey, worthOf, type KeptKey } from './ranking.ts';
import type { Candidates } from './space.ts';

/** The metrics of every candidate of a sweep over every span: 8 bytes each, NaN where there is none. */
export class SweepTable {
  readonly candidates: Candidates;
  readonly keys: readonly KeptKey[];
  /** Why candidates could not be run. */
  readonly refused = new Map<number, string>();
  /** A row for each candidate: the metrics of each span, one span after the other, in the order of `keys`. */
  readonly figures: Float64Array;
  readonly #spans: number;

  /** Empty, or with figures that were kept. */
  constructor(candidates: Candidates, keys: readonly KeptKey[], spans = 1, figures?: Float64Array) {
    this.candidates = candidates;
    this.keys = keys;
    this.#spans = spans;
    this.figures = figures ?? new Float64Array(candidates.length * spans * keys.length).fill(Number.NaN);
  }

  /** `metrics`: one for each span. */
  set(candidate: number, metrics: readonly KeptMetrics[]): void {
    this.setRow(candidate, rowOf(metrics, this.keys));
  }

  /** `row`: the metrics of each span, one span after the other. */
  setRow(candidate: number, row: ArrayLike<number>): void {
    this.figures.set(row, candidate * this.#spans * this.keys.length);
  }

  refuse(candidate: number, reason: string): void {
    this.refused.set(candidate, reason);
  }

  at(candidate: number, key: KeptKey, span = 0): number {
    const column = this.keys.indexOf(key);
    return column < 0
      ? Number.NaN
      : (this.figures[(candidate * this.#spans + span) * this.keys.length + column] ?? Number.NaN);
  }

  metricsOf(candidate: number, span = 0): KeptMetrics {
    return Object.fromEntries(this.keys.map((key) => [key, this.at(candidate, key, span)]));
  }

  /**
   * Candidates by what they are worth by a metric, the best first; those of which it says nothing are last, and of
   * equal ones the earlier is the better.
   */
  rankedBy(key: MetricKey, span = 0): number[] {
    const worth = this.#worthBy(key, span);
    const isNone = (value: number): number => (Number.isNaN(value) ? 1 : 0);
    return Array.from(worth, (_, candidate) => candidate).sort((a, b) => {
      const [first, second] = [worth[a] ?? Number.NaN, worth[b] ?? Number.NaN];
      return isNone(first) - isNone(second) || (first === second || Number.isNaN(first) ? 0 : second - first) || a - b;
    });
  }

  /** The first of `rankedBy`, in one pass; null when it says nothing of any candidate. */
  bestBy(key: MetricKey, span = 0): number | null {
    let best: number | null = null;
    let most = Number.NaN;
    for (const [candidate, value] of this.#worthBy(key, span).entries()) {
      if (Number.isNaN(value) || (best !== null && value <= most)) continue;
      best = candidate;
      most = value;
    }
    return best;
  }

  /** What a candidate is worth by a metric, so that more is better; NaN where that says nothing (`worthOf`). */
  worthAt(candidate: number, key: MetricKey, span = 0): number {
    return this.keys.includes(worthKey(key))
      ? this.at(candidate, worthKey(key), span)
      : worthOf(key, (name) => this.at(candidate, name, span));
  }

  #worthBy(key: MetricKey, span: number): Float64Array {
    const kept = worthKey(key);
    const isKept = this.keys.includes(kept);
    let candidate = 0;
    const figure = (name: KeptKey): number => this.at(candidate, name, span);
    const worth = new Float64Array(this.candidates.length);
    for (; candidate < worth.length; candidate += 1) worth[candidate] = isKept ? figure(kept) : worthOf(key, figure);
    return worth;
  }
}

/**
 * Metrics as a row of figures: one span after the other, each in the order of `keys`, some of which may ask for a worth
 * (`worthKey`).
 */
export const rowOf = (metrics: readonly KeptMetrics[], keys: readonly KeptKey[]): number[] =>
  metrics.flatMap((one) => {
    const figure = (key: MetricKey): number => one[key] ?? Number.NaN;
    return keys.map((key) => {
      return isWorth(key) ? worthOf(metricOfWorth(key), figure) : figure(key);
    });
  });
