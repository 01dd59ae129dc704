import type { Bars } from '../market/bars.ts';
import { closedAt } from '../market/resample.ts';
import type { Arena } from './arena.ts';
import { columnsReadBy, type Operand, type Step } from './plan.ts';

/** One column a slot of the plan; those that only later steps of the batch needed are gone. */
export type Columns = readonly (Float64Array | undefined)[];

export interface BatchRequest {
  /** In order, none of which depends on the position. */
  readonly steps: readonly Step[];
  readonly columnCount: number;
  /** Columns that are read after the batch. */
  readonly kept: ReadonlySet<number>;
  /** The bars of each clock, the own first. */
  readonly clocks: readonly Bars[];
  /** Columns that are there already: they are not computed, nor written into. */
  readonly given?: ReadonlyMap<number, Float64Array>;
  /** Where columns come from, and go to once no later step reads them. */
  readonly arena: Arena;
}

/** Runs steps over whole columns. */
export function runBatch({ steps, columnCount, kept, clocks, given, arena }: BatchRequest): (Float64Array | undefined)[] {
  const columns: (Float64Array | undefined)[] = Array.from({ length: columnCount });
  given?.forEach((column, index) => (columns[index] = column));
  const dying = lastUses(steps, kept, given);
  const own = clocks[0];
  const operandOf = (operand: Operand, length: number): Float64Array =>
    operand.kind === 'constant' ? arena.constant(operand.value, length) : (columns[operand.column] ?? arena.constant(Number.NaN, length));
  const release = (index: number): void => {
    for (const column of dying[index] ?? NONE) {
      const dead = columns[column];
      if (dead) arena.giveBack(dead);
      columns[column] = undefined;
    }
    dying[index] = NONE;
  };
  steps.forEach((step, index) => {
    const bars = clocks[step.clock];
    if (!bars || !own) return;
    switch (step.kind) {
      case 'bars':
        columns[step.output] = step.source === 'index' ? countUp(arena.take(bars.length)) : bars[step.source];
        break;
      case 'align':
        columns[step.output] = align(columns[step.operand], closedAt(own, bars), arena.take(own.length));
        break;
      case 'kernel': {
        const inputs = step.operands.map((operand) => operandOf(operand, bars.length));
        if (step.block.kernel.inPlace) release(index);
        const outputs = step.outputs.map((column) => (columns[column] = arena.take(bars.length)));
        step.block.kernel.batch(step.params, inputs, outputs, bars.length);
        break;
      }
      case 'position':
        break;
    }
    release(index);
  });
  return columns;
}

const NONE: readonly number[] = [];

function countUp(out: Float64Array): Float64Array {
  for (let bar = 0; bar < out.length; bar += 1) out[bar] = bar;
  return out;
}

function align(source: Float64Array | undefined, index: Int32Array, out: Float64Array): Float64Array {
  for (let bar = 0; bar < out.length; bar += 1) out[bar] = source?.[index[bar] ?? -1] ?? Number.NaN;
  return out;
}

/** Columns that are dead behind a step, by its index. Those of the bars and those that were given are not ours to write into. */
function lastUses(steps: readonly Step[], kept: ReadonlySet<number>, given: BatchRequest['given']): (readonly number[])[] {
  const lastUse = new Map<number, number>();
  const borrowed = new Set(given?.keys());
  steps.forEach((step, index) => {
    if (step.kind === 'bars' && step.source !== 'index') borrowed.add(step.output);
    for (const column of step.kind === 'kernel' ? step.outputs : [step.output]) lastUse.set(column, index);
    for (const column of columnsReadBy(step)) lastUse.set(column, index);
  });
  const dying: number[][] = steps.map(() => []);
  for (const [column, index] of lastUse) if (!kept.has(column) && !borrowed.has(column)) dying[index]?.push(column);
  return dying;
}
