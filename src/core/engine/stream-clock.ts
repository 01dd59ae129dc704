import type { NextValue, StreamState } from '../formula/block.ts';
import type { Bar, BarColumn, Timeframe } from '../market/bars.ts';
import { barEnd, barStart } from '../market/timeframe.ts';
import { fuseKernels, type Fuse, type FusedKernels, type WiredKernel } from './fuse-kernels.ts';
import type { Operand, Plan } from './plan.ts';

/** One number for each column of a plan, then one for each constant that its kernels read, and NaN. */
export interface Cells {
  readonly cells: Float64Array;
  cellOf(operand: Operand): number;
}

export function layCells({ steps, columnCount }: Plan): Cells {
  const read = steps.flatMap((step) => (step.kind === 'kernel' ? step.operands.flatMap((operand) => (operand.kind === 'constant' ? [operand.value] : [])) : []));
  // Not a Set, which does not tell 0 from -0.
  const place = (value: number): number => read.findIndex((known) => Object.is(known, value));
  const cells = new Float64Array(columnCount + read.length + 1).fill(Number.NaN);
  cells.set(read, columnCount);
  return { cells, cellOf: (operand) => (operand.kind === 'column' ? operand.column : columnCount + place(operand.value)) };
}

/** A longer bar that is still open. */
export type Pending = { -readonly [K in keyof Bar]: Bar[K] };

/** The steps of one clock, run whenever a bar of it has closed. `cells` has the value of each column of the plan, and of each constant. */
export class StreamClock {
  pending: Pending | null = null;
  #index = -1;
  readonly #timeframe: Timeframe;
  readonly #cells: Float64Array;
  readonly #sources: readonly { readonly source: BarColumn | 'index'; readonly cell: number }[];
  readonly #kernels: readonly RunningKernel[];
  readonly #fused: readonly FusedKernels[] | null;

  constructor(plan: Plan, clock: number, timeframe: Timeframe, { cells, cellOf }: Cells, fuse: Fuse | null) {
    const steps = plan.steps.filter((step) => step.clock === clock);
    this.#timeframe = timeframe;
    this.#cells = cells;
    this.#sources = steps.flatMap((step) => (step.kind === 'bars' ? [{ source: step.source, cell: step.output }] : []));
    this.#kernels = steps.flatMap((step) => (step.kind === 'kernel' ? [new RunningKernel(step.block.kernel.stream(step.params), step.operands.map(cellOf), step.outputs, cells)] : []));
    this.#fused = fuse ? fuseKernels(this.#kernels, fuse) : null;
  }

  /** Adds a bar of the strategy's own clock, which closes at `now`, to the longer one that it belongs to. */
  merge(bar: Bar, now: number): void {
    const start = barStart(bar.time, this.#timeframe);
    if (this.pending && this.pending.time !== start) this.#close();
    if (this.pending) {
      this.pending.high = Math.max(this.pending.high, bar.high);
      this.pending.low = Math.min(this.pending.low, bar.low);
      this.pending.close = bar.close;
      this.pending.volume += bar.volume;
    } else this.pending = { ...bar, time: start };
    if (barEnd(start, this.#timeframe) <= now) this.#close();
  }

  #close(): void {
    if (this.pending) this.run(this.pending);
    this.pending = null;
  }

  run(bar: Bar): void {
    const cells = this.#cells;
    const kernels = this.#kernels;
    this.#index += 1;
    for (const { source, cell } of this.#sources) cells[cell] = source === 'index' ? this.#index : bar[source];
    if (this.#fused) for (const run of this.#fused) run(cells);
    else for (let i = 0; i < kernels.length; i += 1) kernels[i]?.run(cells);
  }

  save(): number[][] {
    return [[this.#index], ...this.#kernels.map(({ state }) => state.save())];
  }

  restore([index, ...saved]: readonly number[][]): void {
    this.#index = index?.[0] ?? -1;
    this.#kernels.forEach(({ state }, at) => state.restore(saved[at] ?? []));
  }
}

class RunningKernel implements WiredKernel {
  readonly state: StreamState;
  readonly next: NextValue | null;
  readonly step: StreamState['step'];
  readonly from: Int32Array;
  readonly to: number;
  readonly values: Float64Array;
  readonly out: Float64Array;

  constructor(state: StreamState, from: readonly number[], outputs: readonly number[], cells: Float64Array) {
    const [first = 0] = outputs;
    this.state = state;
    this.next = state.next ?? null;
    this.step = state.step;
    // Operands that are not there are read from the cell of NaN, the last one.
    this.from = Int32Array.from({ length: Math.max(4, from.length) }, (_, index) => from[index] ?? cells.length - 1);
    this.to = first;
    this.values = new Float64Array(from.length);
    // The columns of a step follow each other: it writes them in place.
    this.out = cells.subarray(first, first + outputs.length);
  }

  run(cells: Float64Array): void {
    const { from, values } = this;
    if (this.next) cells[this.to] = this.next(cells[from[0] ?? 0] ?? NaN, cells[from[1] ?? 0] ?? NaN, cells[from[2] ?? 0] ?? NaN, cells[from[3] ?? 0] ?? NaN);
    else {
      for (let i = 0; i < values.length; i += 1) values[i] = cells[from[i] ?? 0] ?? NaN;
      this.step(values, this.out);
    }
  }
}
