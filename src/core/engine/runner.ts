import { barEnd, barStart } from '../market/timeframe.ts';
import type { Bar, Timeframe } from '../market/bars.ts';
import type { Plan, Step } from './plan.ts';
import { createPositionSteps, startKernel } from './position-steps.ts';
import type { RejectedOrder, Signal, Trade } from './result.ts';
import { pack, unpack, type Packed } from './pack-numbers.ts';
import type { SimulatorState } from './simulator-state.ts';
import { Simulator } from './simulator.ts';
import type { Settings } from './settings.ts';

/** What happened on a bar. */
export interface BarOutcome {
  readonly signals: readonly Signal[];
  readonly trades: readonly Trade[];
  readonly rejected: readonly RejectedOrder[];
  /** At the close. */
  readonly equity: number;
  readonly drawdown: number;
  /** Units held; negative when short. */
  readonly position: number;
}

/** Everything that the future depends on, as JSON. Restored into a runner of the same plan and settings, it goes on with the same bits. */
export interface RunnerState {
  readonly simulator: Packed;
  readonly kernels: readonly Packed[];
  readonly positionKernels: Packed;
  readonly columns: Packed;
  readonly clocks: readonly { readonly pending: Packed | null }[];
}

export interface Runner {
  /** Takes the next closed bar: O(1), amortised. Times must increase. */
  onBar(bar: Bar): BarOutcome;
  save(): RunnerState;
  restore(state: RunnerState): void;
}

/** A longer bar that is still open. */
type Pending = { -readonly [K in keyof Bar]: Bar[K] };

/**
 * Runs a plan bar by bar, as a bot does: the same kernels, the same simulation and the same bits as `backtest`. Its feeds are longer bars of
 * its own symbol; a plan that reads other symbols is refused with the reason.
 */
export function createRunner(plan: Plan, settings: Settings, timeframe: Timeframe): Runner | { readonly refused: string } {
  const foreign = plan.clocks.find(({ symbol }) => symbol !== null);
  if (foreign) return { refused: `A bot reads only its own market so far, and this formula reads the feed "${foreign.symbol}".` };

  const columns = Array.from({ length: plan.columnCount }, () => new Float64Array([Number.NaN]));
  const clocks = plan.clocks.map((clock, index) => new StreamClock(plan, index, clock.timeframe ?? timeframe, columns));
  const positionSteps = createPositionSteps(plan);
  let simulator = new Simulator(plan, settings);
  const own = clocks[0];
  const longer = clocks.slice(1);
  const aligned = plan.steps.filter((step) => step.kind === 'align');

  return {
    onBar: (bar) => {
      for (const clock of longer) clock.merge(bar, barEnd(bar.time, timeframe));
      for (const step of aligned) put(columns, step.output, columns[step.operand]?.[0] ?? Number.NaN);
      own?.run(bar);
      simulator.openBar(bar.time, bar.open, bar.high, bar.low, bar.close);
      positionSteps.run(simulator, columns, 0, bar.close);
      simulator.closeBar(columns, 0);
      return {
        signals: simulator.signals.splice(0), trades: simulator.trades.splice(0), rejected: simulator.rejected.splice(0),
        equity: simulator.state.equity, drawdown: simulator.drawdown, position: simulator.state.units,
      };
    },
    save: () => ({
      simulator: pack(simulator.state),
      kernels: clocks.map((clock) => pack(clock.save())),
      positionKernels: pack(positionSteps.save()),
      columns: pack(columns.map((column) => column[0] ?? Number.NaN)),
      clocks: clocks.map((clock) => ({ pending: clock.pending ? pack(clock.pending) : null })),
    }),
    restore: (state) => {
      simulator = new Simulator(plan, settings, unpack<SimulatorState>(state.simulator));
      clocks.forEach((clock, index) => {
        clock.restore(unpack<number[][]>(state.kernels[index] ?? '[]'));
        const pending = state.clocks[index]?.pending;
        clock.pending = pending ? unpack<Pending>(pending) : null;
      });
      positionSteps.restore(unpack<number[][]>(state.positionKernels));
      unpack<number[]>(state.columns).forEach((value, column) => put(columns, column, value));
    },
  };
}

function put(columns: readonly Float64Array[], column: number, value: number): void {
  const target = columns[column];
  if (target) target[0] = value;
}

/** The steps of one clock, run whenever a bar of it has closed. */
class StreamClock {
  pending: Pending | null = null;
  #index = -1;
  readonly #timeframe: Timeframe;
  readonly #columns: readonly Float64Array[];
  readonly #steps: readonly { readonly step: Step; readonly kernel: ReturnType<typeof startKernel> | null }[];

  constructor(plan: Plan, clock: number, timeframe: Timeframe, columns: readonly Float64Array[]) {
    this.#timeframe = timeframe;
    this.#columns = columns;
    this.#steps = plan.steps
      .filter((step) => step.kind !== 'align' && step.clock === clock)
      .map((step) => ({ step, kernel: step.kind === 'kernel' ? startKernel(step.block.kernel.stream(step.params), step.operands, step.outputs) : null }));
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
    for (const { step, kernel } of this.#steps) {
      if (step.kind === 'bars') put(this.#columns, step.output, step.source === 'index' ? this.#index : bar[step.source]);
      else kernel?.run(null, this.#columns, 0);
    }
  }

  save(): number[][] {
    return [[this.#index], ...this.#steps.map(({ kernel }) => kernel?.state.save() ?? [])];
  }

  restore([index, ...saved]: readonly number[][]): void {
    this.#index = index?.[0] ?? -1;
    this.#steps.forEach(({ kernel }, at) => kernel?.state.restore(saved[at] ?? []));
  }
}
