import type { Formula } from '../formula/formula.ts';
import type { Axis } from './sweep/space.ts';
import type { Windows } from './walk-forward.ts';

export interface EstimateRequest {
  readonly formula: Formula;
  readonly bars: number;
  /** Settings that are tried; 1 for a backtest. */
  readonly candidates: number;
  readonly axes?: readonly Axis[];
  readonly windows?: Windows | null;
}

export interface Estimate {
  /** Milliseconds of one thread: an upper bound, since settings may share what they compute. */
  readonly time: number;
  /** Bytes of columns and figures. */
  readonly bytes: number;
}

// Measured on one core of 2024, in milliseconds; of blocks about the slower half.
const A_NODE_AND_BAR = 20e-6;
const A_BAR = 40e-6;
const A_CANDIDATE = 0.055;
const A_CANDIDATE_AND_WINDOW = 0.2;
const A_BAR_OF_LOOKBACK = 3e-6;

/** Blocks that look at their whole window at each bar. */
const WINDOWED: ReadonlySet<string> = new Set(['cci', 'avgdev']);

/** What a run will cost, before it is queued. Never throws, whatever the formula. */
export function estimateRun({ formula, bars, candidates, axes = [], windows = null }: EstimateRequest): Estimate {
  const nodes = Object.values(formula.nodes);
  const numbers = (values: readonly unknown[]): number[] => values.flatMap((value) => (typeof value === 'number' && Number.isFinite(value) ? [value] : []));
  // A window may be wired to any input.
  const widest = Math.max(0, ...axes.map(({ values }) => numbers(values).reduce((most, value) => Math.max(most, value), 0)), ...nodes.filter(({ block }) => block === 'input').map(({ args }) => Math.max(0, ...numbers(Object.values(args)))));
  const looking = nodes.reduce((sum, { block, args }) => (WINDOWED.has(block) ? sum + Math.min(bars, Math.max(widest, 20, ...numbers(Object.values(args)))) : sum), 0);
  const folds = windows ? Math.max(0, Math.ceil((bars - windows.inSample) / Math.max(1, windows.outOfSample))) : 1;
  const traded = windows ? folds * (windows.anchored ? (bars + windows.inSample) / 2 : windows.inSample) : bars;
  const columns = bars * (nodes.length * A_NODE_AND_BAR + looking * A_BAR_OF_LOOKBACK);
  const time = candidates * (A_CANDIDATE + columns + traded * A_BAR + (windows ? folds * A_CANDIDATE_AND_WINDOW : 0));
  return { time, bytes: 8 * (bars * Math.min(nodes.length, 512) + candidates * folds * (windows ? 1 : 11)) };
}
