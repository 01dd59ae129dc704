import { columnKeys } from '../columns/column-keys.ts';
import { isPiecewise } from '../columns/piecewise.ts';
import { columnsReadBy, columnsReadByActions, outputsOf, type Plan, type Step } from '../plan/plan.ts';

/** A column of one or more plans of a sweep. */
export interface ColumnNode {
  readonly key: string;
  /** A plan that has it. */
  readonly candidate: number;
  readonly operands: readonly ColumnNode[];
  /** Whether it is as long as the strategy's own bars, and no column of the bars themselves. */
  readonly isOwn: boolean;
  readonly isPiecewise: boolean;
  /** Steps that would run piece by piece to make it. */
  readonly chain: number;
  /** Plans that have it. */
  plans: number;
  /** Columns that are made of it. */
  readers: number;
}

/** The columns of all plans of a sweep, equal ones once, and what each plan's simulation reads. */
export class ColumnGraph {
  readonly #nodes = new Map<string, ColumnNode>();
  /** By candidate: columns that its actions and the steps of its position read. */
  readonly #roots = new Map<number, readonly ColumnNode[]>();

  get candidates(): readonly number[] {
    return [...this.#roots.keys()];
  }

  get nodes(): Iterable<ColumnNode> {
    return this.#nodes.values();
  }

  add(candidate: number, plan: Plan): void {
    const keys = columnKeys(plan);
    const nodes = new Map<number, ColumnNode>();
    for (const step of plan.steps) {
      for (const column of outputsOf(step)) {
        const node = this.#node(keys.get(column) ?? '', candidate, step, nodes);
        node.plans += 1;
        nodes.set(column, node);
      }
    }
    const read = new Set([...columnsReadByActions(plan), ...plan.positionSteps.flatMap(columnsReadBy)]);
    this.#roots.set(
      candidate,
      [...read].flatMap((column) => nodes.get(column) ?? []),
    );
  }

  rootsOf(candidate: number): readonly ColumnNode[] {
    return this.#roots.get(candidate) ?? [];
  }

  #node(key: string, candidate: number, step: Step, nodes: ReadonlyMap<number, ColumnNode>): ColumnNode {
    const known = this.#nodes.get(key);
    if (known) return known;
    const operands = [...new Set(columnsReadBy(step))].flatMap((column) => nodes.get(column) ?? []);
    for (const operand of operands) operand.readers += 1;
    const piecewise = isPiecewise(step);
    const node: ColumnNode = {
      key,
      candidate,
      operands,
      isOwn: step.kind === 'align' || (step.kind === 'kernel' && step.clock === 0),
      isPiecewise: piecewise,
      chain: piecewise ? 1 + operands.reduce((sum, { chain }) => sum + chain, 0) : 0,
      plans: 0,
      readers: 0,
    };
    this.#nodes.set(key, node);
    return node;
  }
}
