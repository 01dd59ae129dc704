import type { StreamState } from '../formula/block.ts';
import type { Bar, BarColumn, Timeframe } from '../market/bars.ts';
import { barEnd, barStart } from '../market/timeframe.ts';
import type { Operand, Plan } from './plan.ts';

/** A longer bar that is still open. */
export type Pending = { -readonly [K in keyof Bar]: Bar[K] };

/** The steps of one clock, run whenever a bar of it has closed. `cells` has the value of each column of the plan. */
export class StreamClock {
  pending: Pending | null = null;
  #index = -1;
  readonly #timeframe: Timeframe;
  readonly #cells: Float64Array;
  readonly #sources: readonly { readonly source: BarColumn | 'index'; readonly cell: number }[];
  readonly #kernels: readonly Kernel[];

  constructor(plan: Plan, clock: number, timeframe: Timeframe, cells: Float64Array) {
    const steps = plan.steps.filter((step) => step.clock === clock);
    this.#timeframe = timeframe;
    this.#cells = cells;
    this.#sources = steps.flatMap((step) => (step.kind === 'bars' ? [{ source: step.source, cell: step.output }] : []));
    this.#kernels = steps.flatMap((step) => (step.kind === 'kernel' ? [new Kernel(step.block.kernel.stream(step.params), step.operands, step.outputs, cells)] : []));
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
    this.#index += 1;
    for (const { source, cell } of this.#sources) this.#cells[cell] = source === 'index' ? this.#index : bar[source];
    for (const kernel of this.#kernels) kernel.run();
  }

  save(): number[][] {
    return [[this.#index], ...this.#kernels.map(({ state }) => state.save())];
  }

  restore([index, ...saved]: readonly number[][]): void {
    this.#index = index?.[0] ?? -1;
    this.#kernels.forEach(({ state }, at) => state.restore(saved[at] ?? []));
  }
}

/** A kernel between the cells that it reads and those that it writes. Constants are put in its hands once. */
class Kernel {
  readonly state: StreamState;
  readonly #values: Float64Array;
  readonly #out: Float64Array;
  /** Which cell goes into which value. */
  readonly #slots: Int32Array;
  readonly #from: Int32Array;
  readonly #cells: Float64Array;

  constructor(state: StreamState, operands: readonly Operand[], outputs: readonly number[], cells: Float64Array) {
    const columns = operands.flatMap((operand, slot) => (operand.kind === 'column' ? [{ slot, column: operand.column }] : []));
    this.state = state;
    this.#values = Float64Array.from(operands, (operand) => (operand.kind === 'constant' ? operand.value : Number.NaN));
    this.#slots = Int32Array.from(columns, ({ slot }) => slot);
    this.#from = Int32Array.from(columns, ({ column }) => column);
    this.#cells = cells;
    // The columns of a step follow each other: it writes them in place.
    const [first = 0] = outputs;
    this.#out = cells.subarray(first, first + outputs.length);
  }

  run(): void {
    const values = this.#values;
    const from = this.#from;
    for (let i = 0; i < from.length; i += 1) values[this.#slots[i] ?? 0] = this.#cells[from[i] ?? 0] ?? Number.NaN;
    this.state.step(values, this.#out);
  }
}
