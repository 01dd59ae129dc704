import type { Bars } from '../market/bars.ts';
import { closedAt } from '../market/resample.ts';
import type { Operand, Plan, Step } from './plan.ts';

/** One column a slot of the plan; those that only later steps of the batch needed are gone. */
export type Columns = readonly (Float64Array | undefined)[];

export interface Batch {
  readonly columns: (Float64Array | undefined)[];
  /** A column of this length to write all of: one that is dead, or a new one. Fresh memory costs more than most kernels. */
  take(length: number): Float64Array;
}

/** Runs every step that does not depend on the position over whole columns. `clocks`: the bars of each clock, the own first. */
export function runBatch(plan: Plan, clocks: readonly Bars[]): Batch {
  const columns: (Float64Array | undefined)[] = Array.from({ length: plan.columnCount });
  const pool = new ColumnPool(plan, columns);
  const own = clocks[0];
  plan.steps.forEach((step, index) => {
    const bars = clocks[step.clock];
    if (!bars || !own) return;
    switch (step.kind) {
      case 'bars':
        columns[step.output] = step.source === 'index' ? Float64Array.from({ length: bars.length }, (_, bar) => bar) : bars[step.source];
        break;
      case 'align':
        columns[step.output] = align(columns[step.operand], closedAt(own, bars), pool.take(own.length));
        break;
      case 'kernel': {
        const inputs = step.operands.map((operand) => pool.operand(operand, bars.length));
        if (step.block.kernel.inPlace) pool.release(index);
        const outputs = step.outputs.map((column) => (columns[column] = pool.take(bars.length)));
        step.block.kernel.batch(step.params, inputs, outputs, bars.length);
        break;
      }
      case 'position':
        break;
    }
    pool.release(index);
  });
  return { columns, take: (length) => pool.take(length) };
}

function align(source: Float64Array | undefined, index: Int32Array, out: Float64Array): Float64Array {
  for (let bar = 0; bar < out.length; bar += 1) out[bar] = source?.[index[bar] ?? -1] ?? Number.NaN;
  return out;
}

const NONE: readonly number[] = [];

const operandsOf = (step: Step): readonly number[] => {
  if (step.kind === 'align') return [step.operand];
  return step.kind === 'kernel' ? step.operands.flatMap((operand) => (operand.kind === 'column' ? [operand.column] : [])) : NONE;
};

/** Gives out columns, and takes them back once no later step reads them. */
class ColumnPool {
  readonly #columns: (Float64Array | undefined)[];
  readonly #free = new Map<number, Float64Array[]>();
  readonly #constants = new Map<string, Float64Array>();
  /** Columns that are dead behind a step, by its index. */
  readonly #dying: number[][];

  constructor(plan: Plan, columns: (Float64Array | undefined)[]) {
    this.#columns = columns;
    const kept = new Set(keptColumns(plan));
    const lastUse = new Map<number, number>();
    plan.steps.forEach((step, index) => {
      for (const column of step.kind === 'kernel' ? step.outputs : [step.output]) lastUse.set(column, index);
      for (const column of operandsOf(step)) lastUse.set(column, index);
    });
    // Those of the bars themselves are not ours to write into.
    const borrowed = new Set(plan.steps.flatMap((step) => (step.kind === 'bars' ? [step.output] : [])));
    this.#dying = plan.steps.map(() => []);
    for (const [column, index] of lastUse) if (!kept.has(column) && !borrowed.has(column)) this.#dying[index]?.push(column);
  }

  take(length: number): Float64Array {
    return this.#free.get(length)?.pop() ?? new Float64Array(length);
  }

  operand(operand: Operand, length: number): Float64Array {
    if (operand.kind === 'column') return this.#columns[operand.column] ?? new Float64Array(length).fill(Number.NaN);
    const key = `${operand.value} ${length}`;
    const known = this.#constants.get(key) ?? new Float64Array(length).fill(operand.value);
    this.#constants.set(key, known);
    return known;
  }

  release(index: number): void {
    for (const column of this.#dying[index] ?? NONE) {
      const dead = this.#columns[column];
      if (!dead) continue;
      this.#columns[column] = undefined;
      const free = this.#free.get(dead.length);
      if (free) free.push(dead);
      else this.#free.set(dead.length, [dead]);
    }
    this.#dying[index] = [];
  }
}

/** What is read after the batch: by the actions, by the steps of the position, and by people. */
function keptColumns({ actions, positionSteps, named }: Plan): number[] {
  const operands = actions.flatMap((action) => [
    action.when, action.size.operand, ...[action.stop, action.target, action.trail, action.limit].flatMap((level) => (level ? [level.operand] : [])),
  ]);
  return [...[...operands, ...named.values()].flatMap((operand) => (operand.kind === 'column' ? [operand.column] : [])), ...positionSteps.flatMap(operandsOf)];
}
