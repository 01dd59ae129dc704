import type { BarSource } from '#core/formula/model/block.ts';
import type { BarColumn, Bars } from '#core/market/bars.ts';
import { closedAt } from '#core/market/resample.ts';
import { calendarTime } from '#core/market/timeframe.ts';
import { columnsReadBy, outputsOf, type Operand, type Step } from '../plan/plan.ts';
import type { Arena } from './arena.ts';

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
  /** Where to write columns that are to stand in a certain place. */
  readonly into?: ReadonlyMap<number, Float64Array>;
  /** Where columns come from, and go to once no later step reads them. */
  readonly arena: Arena;
}

export interface Batch {
  readonly columns: Columns;
  /** Gives back the columns that are still there and came from the arena. */
  release(): void;
}

/** Runs steps over whole columns. */
export function runBatch({ steps, columnCount, kept, clocks, given, into, arena }: BatchRequest): Batch {
  const columns: (Float64Array | undefined)[] = Array.from({ length: columnCount });
  given?.forEach((column, index) => (columns[index] = column));
  const { dying, surviving } = lastUses(steps, kept, new Set([...(given?.keys() ?? []), ...(into?.keys() ?? [])]));
  const own = clocks[0];
  const operandOf = (operand: Operand, length: number): Float64Array =>
    operand.kind === 'constant'
      ? arena.constant(operand.value, length)
      : (columns[operand.column] ?? arena.constant(Number.NaN, length));
  const placeOf = (column: number, length: number): Float64Array => into?.get(column) ?? arena.take(length);
  const giveBack = (dead: readonly number[]): void => {
    for (const column of dead) {
      const memory = columns[column];
      if (memory) arena.giveBack(memory);
      columns[column] = undefined;
    }
  };
  const release = (index: number): void => {
    giveBack(dying[index] ?? NONE);
    dying[index] = NONE;
  };
  steps.forEach((step, index) => {
    const bars = clocks[step.clock];
    if (!bars || !own) return;
    switch (step.kind) {
      case 'bars':
        columns[step.output] = isOfBars(step.source)
          ? bars[step.source]
          : madeOf(step.source, bars, placeOf(step.output, bars.length));
        break;
      case 'align':
        columns[step.output] = align(columns[step.operand], closedAt(own, bars), placeOf(step.output, own.length));
        break;
      case 'kernel': {
        const inputs = step.operands.map((operand) => operandOf(operand, bars.length));
        if (step.block.kernel.inPlace) release(index);
        const outputs = step.outputs.map((column) => (columns[column] = placeOf(column, bars.length)));
        step.block.kernel.batch(step.params, inputs, outputs, bars.length);
        break;
      }
      case 'position':
        break;
    }
    release(index);
  });
  return { columns, release: () => giveBack(surviving) };
}

const NONE: readonly number[] = [];

const isOfBars = (source: BarSource): source is BarColumn => source !== 'index' && source !== 'date';

function madeOf(source: 'index' | 'date', { time, timeframe }: Bars, out: Float64Array): Float64Array {
  for (let bar = 0; bar < out.length; bar += 1)
    out[bar] = source === 'index' ? bar : calendarTime(time[bar] ?? Number.NaN, timeframe);
  return out;
}

function align(source: Float64Array | undefined, index: Int32Array, out: Float64Array): Float64Array {
  for (let bar = 0; bar < out.length; bar += 1) out[bar] = source?.[index[bar] ?? -1] ?? Number.NaN;
  return out;
}

/**
 * Columns from the arena: those that are dead behind a step, by its index, and those that outlive all. `borrowed`
 * columns are not ours.
 */
function lastUses(
  steps: readonly Step[],
  kept: ReadonlySet<number>,
  borrowed: Set<number>,
): { dying: (readonly number[])[]; surviving: readonly number[] } {
  const lastUse = new Map<number, number>();
  steps.forEach((step, index) => {
    if (step.kind === 'bars' && isOfBars(step.source)) borrowed.add(step.output);
    for (const column of [...outputsOf(step), ...columnsReadBy(step)]) lastUse.set(column, index);
  });
  const dying: number[][] = steps.map(() => []);
  const own = [...lastUse].filter(([column]) => !borrowed.has(column));
  for (const [column, index] of own) if (!kept.has(column)) dying[index]?.push(column);
  return { dying, surviving: own.flatMap(([column]) => (kept.has(column) ? [column] : [])) };
}
