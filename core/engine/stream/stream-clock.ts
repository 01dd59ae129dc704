import type { BarSource, NextValue, StreamState } from '#core/formula/model/block.ts';
import type { Bar, Timeframe } from '#core/market/bars.ts';
import { LongerBar, type LongerBarState } from '#core/market/longer-bar.ts';
import { calendarTime } from '#core/market/timeframe.ts';
import type { Operand, Plan } from '../plan/plan.ts';
import { fuseKernels, type Fuse, type FusedKernels, type WiredKernel } from './fuse-kernels.ts';

/** One number for each column of a plan, then one for each constant that its kernels read, and NaN. */
export interface Cells {
  readonly cells: Float64Array;
  cellOf(operand: Operand): number;
}

export function layCells({ steps, columnCount }: Plan): Cells {
  const read = steps.flatMap((step) =>
    step.kind === 'kernel'
      ? step.operands.flatMap((operand) => (operand.kind === 'constant' ? [operand.value] : []))
      : [],
  );
  // Not a Set, which does not tell 0 from -0.
  const place = (value: number): number => read.findIndex((known) => Object.is(known, value));
  const cells = new Float64Array(columnCount + read.length + 1).fill(Number.NaN);
  cells.set(read, columnCount);
  return {
    cells,
    cellOf: (operand) => (operand.kind === 'column' ? operand.column : columnCount + place(operand.value)),
  };
}

/**
 * The steps of one clock, run whenever a bar of it has closed. `cells` has the value of each column of the plan, and of
 * each constant.
 */
export class StreamClock {
  #index = -1;
  readonly #cells: Float64Array;
  readonly #sources: readonly { readonly source: BarSource; readonly cell: number }[];
  readonly #kernels: readonly RunningKernel[];
  readonly #fused: readonly FusedKernels[] | null;
  /** Null where the bars that come are the clock's own. */
  readonly #longer: LongerBar | null;
  readonly #timeframe: Timeframe;

  /** `source`: the timeframe of the bars that come. */
  constructor(plan: Plan, clock: number, source: Timeframe, { cells, cellOf }: Cells, fuse: Fuse | null) {
    const steps = plan.steps.filter((step) => step.clock === clock);
    const timeframe = plan.clocks[clock]?.timeframe ?? source;
    this.#timeframe = timeframe;
    this.#cells = cells;
    this.#sources = steps.flatMap((step) => (step.kind === 'bars' ? [{ source: step.source, cell: step.output }] : []));
    this.#kernels = steps.flatMap((step) =>
      step.kind === 'kernel'
        ? [new RunningKernel(step.block.kernel.stream(step.params), step.operands.map(cellOf), step.outputs, cells)]
        : [],
    );
    this.#fused = fuse ? fuseKernels(this.#kernels, fuse) : null;
    this.#longer = timeframe === source ? null : new LongerBar(source, timeframe, (bar) => this.#step(bar));
  }

  /** A bar has closed, at `end`: one of the clock itself, or of those that its own are made of. */
  run(bar: Bar, end: number): void {
    if (this.#longer) this.#longer.add(bar, end);
    else this.#step(bar);
  }

  /** It is now `now`, and every bar that has closed by then was given. */
  advance(now: number): void {
    this.#longer?.advance(now);
  }

  #step(bar: Bar): void {
    const cells = this.#cells;
    const kernels = this.#kernels;
    this.#index += 1;
    for (const { source, cell } of this.#sources) cells[cell] = this.#valueOf(source, bar);
    if (this.#fused) for (const run of this.#fused) run(cells);
    else for (let i = 0; i < kernels.length; i += 1) kernels[i]?.run(cells);
  }

  #valueOf(source: BarSource, bar: Bar): number {
    if (source === 'index') return this.#index;
    return source === 'date' ? calendarTime(bar.time, this.#timeframe) : bar[source];
  }

  save(): number[][] {
    return [[this.#index], ...this.#kernels.map(({ state }) => state.save())];
  }

  restore([index, ...saved]: readonly number[][]): void {
    this.#index = index?.[0] ?? -1;
    this.#kernels.forEach(({ state }, at) => state.restore(saved[at] ?? []));
  }

  savePending(): LongerBarState | null {
    return this.#longer?.save() ?? null;
  }

  restorePending(saved: LongerBarState): void {
    this.#longer?.restore(saved);
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
    if (this.next)
      cells[this.to] = this.next(
        cells[from[0] ?? 0] ?? NaN,
        cells[from[1] ?? 0] ?? NaN,
        cells[from[2] ?? 0] ?? NaN,
        cells[from[3] ?? 0] ?? NaN,
      );
    else {
      for (let i = 0; i < values.length; i += 1) values[i] = cells[from[i] ?? 0] ?? NaN;
      this.step(values, this.out);
    }
  }
}
