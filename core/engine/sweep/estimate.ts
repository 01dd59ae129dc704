import { isRef, nodeOf, type Formula } from '#core/formula/model/formula.ts';
import type { Axis } from './space.ts';
import { COLUMN_BYTES, slotsFor } from './sweep.ts';
import type { Windows } from './walk-forward.ts';
import { abreastOver, SPAN_BYTES } from './workbench.ts';

export interface EstimateRequest {
  readonly formula: Formula;
  readonly bars: number;
  /** Settings that are tried; 1 for a backtest. */
  readonly candidates: number;
  readonly axes?: readonly Axis[];
  readonly windows?: Windows | null;
}

export interface Estimate {
  /** Milliseconds of one thread. */
  readonly time: number;
  /** Bytes of columns and figures. */
  readonly bytes: number;
}

// Milliseconds. Fitted to the processor time of the runs in tools/bench/estimate.ts (`npm run bench estimate`) on a
// shared virtual machine of two cores, rounded up to what the slower of them took. A slower machine takes more: the
// bound of time at run holds there.
const A_NODE_AND_BAR = 10e-6;
const A_BAR = 40e-6;
const A_CANDIDATE = 0.03;
const A_CANDIDATE_AND_NODE = 0.012;
const A_CANDIDATE_AND_WINDOW = 0.02;
const A_TRADED_WINDOW = 0.25;
const A_BAR_OF_LOOKBACK = 1.5e-6;

/** Threads that work on one run, by which the memory that each takes is counted. */
const THREADS = 2;

/** Columns of eight bytes a bar: the bars themselves, and the curves of a result. */
const BAR_COLUMNS = 6;
const CURVES = 3;

/** Blocks that look at their whole window at each bar. */
const WINDOWED: ReadonlySet<string> = new Set(['cci', 'avgdev']);

/** Blocks whose value is another for each setting, since each trades differently. */
const OF_THE_POSITION: ReadonlySet<string> = new Set(['position', 'equity', 'drawdown']);

/**
 * What a run will cost, before it is queued. A column counts once for all settings that share it, and again for each
 * time that the memory for shared columns does not hold it. O(nodes, wires and values of axes). Never throws, whatever
 * the formula.
 */
export function estimateRun({ formula, bars, candidates, axes = [], windows = null }: EstimateRequest): Estimate {
  const nodes = Object.keys(formula.nodes).length;
  const { own, shared, distinct } = columnsOf(formula, { bars, candidates, axes });
  const slots = slotsFor(COLUMN_BYTES, { length: bars });
  // What is shared costs no more than if each setting computed all of it for itself.
  const loads = slots === 0 ? Number.POSITIVE_INFINITY : Math.max(1, distinct / slots);
  const columns =
    candidates * own.time +
    shared.reduce((sum, { time, variants }) => sum + time * Math.min(candidates, variants * loads), 0);
  const folds = windows ? Math.max(0, Math.ceil((bars - windows.inSample) / Math.max(1, windows.outOfSample))) : 0;
  const traded = windows ? folds * (windows.anchored ? (bars + windows.inSample) / 2 : windows.inSample) : bars;
  const forward = folds * (A_TRADED_WINDOW + own.time + shared.reduce((sum, { time }) => sum + time, 0));
  const time =
    columns +
    candidates * (A_CANDIDATE + nodes * A_CANDIDATE_AND_NODE + traded * A_BAR + folds * A_CANDIDATE_AND_WINDOW) +
    forward;
  const abreast = folds === 0 ? 0 : THREADS * folds * Math.min(abreastOver(folds), candidates) * SPAN_BYTES;
  const standing = candidates > 1 ? Math.min(distinct, slots) : 0;
  return {
    time,
    bytes:
      8 * (bars * (Math.min(nodes, 512) + BAR_COLUMNS + CURVES + standing) + candidates * (windows ? folds : 11)) +
      abreast,
  };
}

interface Columns {
  /** Milliseconds of the columns that each setting has of its own. */
  readonly own: { readonly time: number };
  /** Columns that settings have in common: of one node, how many different ones there are, and milliseconds of each. */
  readonly shared: readonly { readonly time: number; readonly variants: number }[];
  /** How many different shared columns there are. */
  readonly distinct: number;
}

function columnsOf(
  formula: Formula,
  { bars, candidates, axes }: Required<Pick<EstimateRequest, 'bars' | 'candidates' | 'axes'>>,
): Columns {
  const masks = masksOf(
    formula,
    axes.map(({ name }) => name),
  );
  const means = axes.map(({ values }) => meanOf(values));
  const nodes = Object.entries(formula.nodes);
  const swept = new Set(axes.map(({ name }) => name));
  // A window may be wired to any input that stays as it is.
  const widest = most(
    nodes.flatMap(([, { block, name, args }]) =>
      block === 'input' && !swept.has(name ?? '') ? numbersOf(Object.values(args)) : [],
    ),
    20,
  );
  const shared: { time: number; variants: number }[] = [];
  let own = 0;
  for (const [id, { block, args }] of nodes) {
    if (block === 'input') continue;
    const mask = masks.get(id) ?? 0;
    const behind = axes.flatMap((_, axis) => (axis < MOST_MARKED && mask & (1 << axis) ? [axis] : []));
    const window = WINDOWED.has(block)
      ? Math.min(bars, most([...numbersOf(Object.values(args)), ...behind.map((axis) => means[axis] ?? 0)], widest))
      : 0;
    const time = bars * (A_NODE_AND_BAR + window * A_BAR_OF_LOOKBACK);
    const variants =
      mask & OWN ? candidates : behind.reduce((product, axis) => product * (axes[axis]?.values.length ?? 1), 1);
    if (variants < candidates) shared.push({ time, variants });
    else own += time;
  }
  return { own: { time: own }, shared, distinct: shared.reduce((sum, { variants }) => sum + variants, 0) };
}

/** Axes that a mask tells apart; what stands on a further one counts as each setting's own. */
const MOST_MARKED = 30;
const OWN = 1 << MOST_MARKED;

/** By node, the axes behind its value, a bit each. O(nodes and wires). */
function masksOf(formula: Formula, axes: readonly string[]): ReadonlyMap<string, number> {
  const bitOf = new Map(axes.map((name, axis) => [name, axis < MOST_MARKED ? 1 << axis : OWN]));
  const masks = new Map<string, number>();
  // Depth first by hand: a chain may be longer than the stack. A node of a circle may miss axes; such a formula does
  // not run.
  const path = Object.keys(formula.nodes);
  for (let id = path.at(-1); id !== undefined; id = path.at(-1)) {
    const node = nodeOf(formula, id);
    const wires = node ? Object.values(node.args).flatMap((arg) => (isRef(arg) ? [arg.from] : [])) : [];
    const known = masks.get(id);
    if (known === undefined) {
      const input = node?.block === 'input' ? (bitOf.get(node.name ?? '') ?? 0) : 0;
      masks.set(id, node && OF_THE_POSITION.has(node.block) ? OWN : input);
      for (const from of wires) if (!masks.has(from)) path.push(from);
      continue;
    }
    path.pop();
    masks.set(
      id,
      wires.reduce((mask, from) => mask | (masks.get(from) ?? 0), known),
    );
  }
  return masks;
}

const numbersOf = (values: readonly unknown[]): number[] =>
  values.flatMap((value) => (typeof value === 'number' && Number.isFinite(value) ? [value] : []));

const most = (numbers: readonly number[], least: number): number =>
  numbers.reduce((greatest, value) => Math.max(greatest, value), least);

function meanOf(values: readonly unknown[]): number {
  const numbers = numbersOf(values);
  return numbers.reduce((sum, value) => sum + value / numbers.length, 0);
}
