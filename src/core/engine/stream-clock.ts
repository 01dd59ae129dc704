import type { StreamState } from '../formula/block.ts';
import type { Bar, BarColumn, Timeframe } from '../market/bars.ts';
import { LongerBar, type LongerBarState } from '../market/longer-bar.ts';
import type { Operand, Plan } from './plan.ts';

/** The steps of one clock, run whenever a bar of it has closed. `cells` has the value of each column of the plan. */
export class StreamClock {
  #index = -1;
  readonly #cells: Float64Array;
  readonly #sources: readonly { readonly source: BarColumn | 'index'; readonly cell: number }[];
  readonly #kernels: readonly Kernel[];
  /** Null where the bars that come are the clock's own. */
  readonly #longer: LongerBar | null;

  /** `source`: the timeframe of the bars that come. */
  constructor(plan: Plan, clock: number, source: Timeframe, cells: Float64Array) {
    const steps = plan.steps.filter((step) => step.clock === clock);
    const timeframe = plan.clocks[clock]?.timeframe ?? source;
    this.#cells = cells;
    this.#sources = steps.flatMap((step) => (step.kind === 'bars' ? [{ source: step.source, cell: step.output }] : []));
    this.#kernels = steps.flatMap((step) => (step.kind === 'kernel' ? [new Kernel(step.block.kernel.stream(step.params), step.operands, step.outputs, cells)] : []));
    this.#longer = timeframe === source ? null : new LongerBar(source, timeframe, (bar) => this.#step(bar));
  }

  /** A bar has closed, of the clock itself or of those that its own are made of. */
  run(bar: Bar): void {
    if (this.#longer) this.#longer.add(bar);
    else this.#step(bar);
  }

  /** It is now `now`, and every bar that has closed by then was given. */
  advance(now: number): void {
    this.#longer?.advance(now);
  }

  #step(bar: Bar): void {
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

  savePending(): LongerBarState | null {
    return this.#longer?.save() ?? null;
  }

  restorePending(saved: LongerBarState): void {
    this.#longer?.restore(saved);
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
