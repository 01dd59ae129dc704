import { stopped, type Outcome } from '#core/result/outcome.ts';
import { ok } from '#core/result/result.ts';
import type { Watch } from '../run-columns.ts';
import { randomOf } from './random.ts';

/** How a run is made of the trades: all of them in another order, or as many drawn with replacement. */
export type Resampling = 'shuffle' | 'bootstrap';

export interface MonteCarloRequest {
  /** Net profits of the trades in money, in the order in which they were closed. */
  readonly nets: readonly number[];
  readonly cash: number;
  readonly resampling: Resampling;
  /** `fixed`: a trade wins or loses the money that it did. `compound`: the share of equity that it did. */
  readonly stakes: 'fixed' | 'compound';
  readonly runs: number;
  readonly seed: number;
  /** A run is ruined when equity falls to this fraction of the starting cash, or below. */
  readonly ruin: number;
}

/** Shares of the runs that lie at or below each of the figures. */
export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** One column for each of the quantiles, one value a point. */
export type Bands = readonly Float64Array[];

export interface MonteCarlo {
  /** After how many trades each point lies; the first is 0. */
  readonly trades: readonly number[];
  readonly equity: Bands;
  /** Below the highest equity so far, as negative fractions. */
  readonly drawdown: Bands;
  /** One figure for each of the quantiles. */
  readonly finalEquity: readonly number[];
  readonly maxDrawdown: readonly number[];
  /** Shares of the runs that are ruined, and that end below the starting cash. */
  readonly ruined: number;
  readonly losing: number;
}

const MOST_POINTS = 200;
/** Points of all runs together that are kept to be sorted. */
const MOST_KEPT = 5_000_000;

/**
 * What else might have become of the same trades: runs of them resampled, the same for the same seed. Every trade
 * counts for drawdown and ruin; the bands have up to two hundred points.
 */
export function monteCarlo(request: MonteCarloRequest, { onProgress, shouldStop }: Watch = {}): Outcome<MonteCarlo> {
  const { nets, cash, runs, ruin } = request;
  const steps = stepsOf(request);
  const points = pointsOf(nets.length, Math.min(MOST_POINTS, Math.max(2, Math.floor(MOST_KEPT / Math.max(1, runs)))));
  const equity = points.map(() => new Float64Array(runs));
  const drawdown = points.map(() => new Float64Array(runs));
  const finalEquity = new Float64Array(runs);
  const maxDrawdown = new Float64Array(runs);
  const resample = resampler(steps, request);
  let ruined = 0;
  let losing = 0;
  for (let run = 0; run < runs; run += 1) {
    if (run % 64 === 0) {
      if (shouldStop?.()) return stopped();
      onProgress?.(run, runs);
    }
    const path = resample();
    let value = cash;
    let peak = cash;
    let lowest = cash;
    let deepest = 0;
    let point = 0;
    for (let trade = 0; trade <= path.length; trade += 1) {
      if (trade > 0)
        value = request.stakes === 'fixed' ? afterTrade(value, path[trade - 1] ?? 0) : value * (path[trade - 1] ?? 1);
      if (value > peak) peak = value;
      const fall = value / peak - 1;
      if (fall < deepest) deepest = fall;
      if (value < lowest) lowest = value;
      if (points[point] !== trade) continue;
      set(equity[point], run, value);
      set(drawdown[point], run, fall);
      point += 1;
    }
    finalEquity[run] = value;
    maxDrawdown[run] = deepest;
    if (lowest <= ruin * cash) ruined += 1;
    if (value < cash) losing += 1;
  }
  onProgress?.(runs, runs);
  return ok({
    trades: points,
    equity: bandsOf(equity),
    drawdown: bandsOf(drawdown),
    finalEquity: quantilesOf(finalEquity),
    maxDrawdown: quantilesOf(maxDrawdown),
    ruined: ruined / runs,
    losing: losing / runs,
  });
}

/** Equity behind a trade with a fixed stake. Who has used equity up trades no more, as a backtest ends there. */
const afterTrade = (equity: number, net: number): number => (equity > 0 ? equity + net : equity);

/**
 * What each trade does: the money that it adds, or the factor of equity. Behind the one that used equity up nothing was
 * traded.
 */
function stepsOf({ nets, cash, stakes }: MonteCarloRequest): Float64Array {
  if (stakes === 'fixed') return Float64Array.from(nets);
  let value = cash;
  return Float64Array.from(nets, (net) => {
    const factor = value > 0 ? Math.max(0, 1 + net / value) : 1;
    value += net;
    return factor;
  });
}

/** Gives another run each time, in the same memory. */
function resampler(steps: Float64Array, { resampling, seed }: MonteCarloRequest): () => Float64Array {
  const random = randomOf(seed);
  const path = Float64Array.from(steps);
  if (resampling === 'bootstrap') {
    return () => {
      for (let i = 0; i < path.length; i += 1) path[i] = steps[random.below(steps.length)] ?? 0;
      return path;
    };
  }
  // Fisher and Yates: each order is as likely as any other.
  return () => {
    for (let i = path.length - 1; i > 0; i -= 1) {
      const other = random.below(i + 1);
      const kept = path[i] ?? 0;
      path[i] = path[other] ?? 0;
      path[other] = kept;
    }
    return path;
  };
}

/** Numbers of trades from 0 to all of them, evenly spread, each once. */
function pointsOf(trades: number, most: number): number[] {
  const count = Math.min(most, trades + 1);
  if (count < 2) return [0];
  return Array.from({ length: count }, (_, index) => Math.round((index * trades) / (count - 1)));
}

function set(column: Float64Array | undefined, index: number, value: number): void {
  if (column) column[index] = value;
}

function bandsOf(points: readonly Float64Array[]): Bands {
  const sorted = points.map(quantilesOf);
  return QUANTILES.map((_, quantile) => Float64Array.from(sorted, (values) => values[quantile] ?? Number.NaN));
}

/** Between the two nearest values where a quantile falls between them (R's type 7, numpy's default). Sorts in place. */
function quantilesOf(values: Float64Array): number[] {
  values.sort();
  return QUANTILES.map((share) => {
    const at = share * (values.length - 1);
    const [below, above] = [values[Math.floor(at)] ?? Number.NaN, values[Math.ceil(at)] ?? Number.NaN];
    return below + (above - below) * (at - Math.floor(at));
  });
}
