import type { Span } from '../figures/benchmark.ts';
import { columnsReadBy, columnsReadByActions, outputsOf, stepsToward, type Plan, type Step } from '../plan/plan.ts';
import type { Arena } from './arena.ts';
import type { Columns } from './batch.ts';

/**
 * Bars of a piece: its columns stay in the fastest memory from the kernel that writes them to the simulation that reads
 * them.
 */
export const PIECE = 4096;

/** How far back a step may reach that is computed piece by piece. */
const MOST_REACH = 16;

/** The steps of a plan by how they are computed. */
export interface SplitPlan {
  readonly plan: Plan;
  /** Over whole columns, before the simulation. */
  readonly whole: readonly Step[];
  /**
   * Piece by piece, along with the simulation: what reads a few bars back at the most, and is read by nothing but its
   * like and the simulation.
   */
  readonly piecewise: readonly KernelStep[];
  /** Bars before a piece that its steps must see. */
  readonly reach: number;
  /** Whole columns that are read behind the batch. */
  readonly kept: ReadonlySet<number>;
}

type KernelStep = Extract<Step, { kind: 'kernel' }>;

const reachOf = (step: Step): number =>
  step.kind === 'kernel' && step.clock === 0
    ? (step.block.kernel.reach?.(step.params) ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY;

/** Whether a step can be computed piece by piece. */
export const isPiecewise = (step: Step): step is KernelStep => reachOf(step) <= MOST_REACH;

const NONE: ReadonlySet<number> = new Set();

/** What is left to compute of a plan, of which the columns `given` are there already; what nobody reads is not. */
export function splitPlan(plan: Plan, given: ReadonlySet<number> = NONE): SplitPlan {
  const named = [...plan.named.values()].flatMap((operand) => (operand.kind === 'column' ? [operand.column] : []));
  const late = [...columnsReadByActions(plan), ...plan.positionSteps.flatMap(columnsReadBy)];
  const readWhole = new Set(named);
  const whole: Step[] = [];
  const piecewise: KernelStep[] = [];
  for (const step of stepsToward(plan.steps, [...named, ...late], given).reverse()) {
    if (isPiecewise(step) && !step.outputs.some((column) => readWhole.has(column))) {
      piecewise.unshift(step);
      late.push(...columnsReadBy(step));
    } else {
      whole.unshift(step);
      for (const column of columnsReadBy(step)) readWhole.add(column);
    }
  }
  const reach = new Map<number, number>();
  for (const step of piecewise) {
    const total = reachOf(step) + Math.max(0, ...columnsReadBy(step).map((column) => reach.get(column) ?? 0));
    for (const column of step.outputs) reach.set(column, total);
  }
  return { plan, whole, piecewise, reach: Math.max(0, ...reach.values()), kept: new Set([...named, ...late]) };
}

/** The columns of a plan as the simulation sees them: views of one piece after the other. */
export class Pieces {
  /** Views of the piece that was shown last; index 0 is the bar `start`, some before the piece itself. */
  readonly columns: (Float64Array | undefined)[];
  start = 0;
  from = 0;
  to = 0;
  readonly #split: SplitPlan;
  readonly #whole: Columns;
  readonly #arena: Arena;
  readonly #own: readonly number[];
  readonly #read: readonly number[];
  readonly #longest: number;

  /** `whole` are the columns of the batch. */
  constructor(split: SplitPlan, whole: Columns, arena: Arena) {
    this.#split = split;
    this.#whole = whole;
    this.#arena = arena;
    this.columns = Array.from({ length: split.plan.columnCount });
    this.#own = [...split.piecewise, ...split.plan.positionSteps].flatMap(outputsOf).filter((column) => !whole[column]);
    this.#read = [...split.kept].filter((column) => whole[column]);
    this.#longest = PIECE + split.reach;
  }

  /**
   * Computes the columns of a piece. They hold until another plan's are shown that has its memory from the same arena.
   */
  show(from: number, to: number): void {
    this.from = from;
    this.to = to;
    this.start = Math.max(0, from - this.#split.reach);
    const length = to - this.start;
    for (const column of this.#read) this.columns[column] = this.#whole[column]?.subarray(this.start, to);
    this.#own.forEach((column, index) => (this.columns[column] = this.#arena.scratch(index, this.#longest)));
    for (const { block, params, operands, outputs } of this.#split.piecewise) {
      const inputs = operands.map((operand) =>
        operand.kind === 'constant' ? this.#arena.constant(operand.value, this.#longest) : this.#column(operand.column),
      );
      block.kernel.batch(
        params,
        inputs,
        outputs.map((column) => this.#column(column)),
        length,
      );
    }
  }

  #column(column: number): Float64Array {
    return this.columns[column] ?? this.#arena.constant(Number.NaN, this.#longest);
  }
}

/**
 * The pieces that have bars of a span, each from a multiple of their length on: sums over them are the same for
 * whatever spans.
 */
export function* piecesOf({ from, to }: Span): Iterable<Span> {
  for (let start = from - (from % PIECE); start < to; start += PIECE)
    yield { from: start, to: Math.min(to, start + PIECE) };
}
