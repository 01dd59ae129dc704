import type { Bar, Timeframe } from '#core/market/bars.ts';
import { barEnd } from '#core/market/timeframe.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import type { OrderListener } from '#core/trading/broker.ts';
import { BarCursor } from '#core/trading/paper/bar-cursor.ts';
import { missingFeed, whyNotMade } from '../columns/feeds.ts';
import type { RejectedOrder, Signal, Trade } from '../outcome/backtest-result.ts';
import { emptyJournal } from '../outcome/journal.ts';
import type { Settings } from '../outcome/settings.ts';
import { ENGINE_VERSION } from '../outcome/version.ts';
import type { Plan } from '../plan/plan.ts';
import { createPositionSteps } from '../simulation/position-steps.ts';
import { Simulator, type SimulatorState } from '../simulation/simulator.ts';
import type { Fuse } from './fuse-kernels.ts';
import { pack, unpack, type Packed } from './pack-numbers.ts';
import { layCells, StreamClock } from './stream-clock.ts';

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
  /** Whether an order waits for the next bar, to be filled at once or at its limit. */
  readonly hasOrders: boolean;
}

/**
 * Everything that the future depends on, as JSON. Restored into a runner of the same plan and settings, it goes on with
 * the same bits.
 */
export interface BarRunnerState {
  /** ENGINE_VERSION of the one that saved it: another one has other states. */
  readonly engine: string;
  readonly simulator: Packed;
  readonly kernels: readonly Packed[];
  readonly positionKernels: Packed;
  readonly columns: Packed;
  readonly clocks: readonly { readonly pending: Packed | null }[];
}

export interface BarRunner {
  /**
   * Takes the next closed bar: O(1), amortised. Times must increase. `closedAt` is a length behind its open unless said
   * otherwise (`closeOf`).
   */
  onBar(bar: Bar, closedAt?: number): BarOutcome;
  /**
   * Takes the next closed bar of another symbol, and when it was certain to have closed. Bars come in the order in
   * which they close; of those that close together, the strategy's own is last.
   */
  onFeed(symbol: string, bar: Bar, closedAt: number): void;
  save(): BarRunnerState;
  /**
   * False when another version of the engine saved it; nothing is restored then, and the bars so far must be run again.
   */
  restore(state: BarRunnerState): boolean;
}

const NOTHING: readonly never[] = [];
const UNTRADED = { signals: NOTHING, trades: NOTHING, rejected: NOTHING, drawdown: 0, position: 0, hasOrders: false };

export interface BarRunnerOptions {
  /** The symbol of its own bars: a feed may name it. */
  readonly symbol?: string;
  /** Other symbols whose bars will come, and their timeframes. None unless said otherwise. */
  readonly feeds?: ReadonlyMap<string, Timeframe>;
  /** With it a bar takes half the time, but the runner a millisecond more to make: for those who run many. */
  readonly fuse?: Fuse | null;
  /**
   * The open of a bar, UTC milliseconds: bars up to that bar are computed and not traded, so that the runner begins to
   * trade behind that bar, flat, with its indicators warm. Null: it trades from its first bar.
   */
  readonly tradesAfter?: number | null;
  /** Who is told of each order and fill. */
  readonly orders?: OrderListener | null;
}

const sourcesOf = ({ clocks }: Plan, timeframe: Timeframe, { symbol: own, feeds }: BarRunnerOptions) =>
  clocks.map(({ symbol }) =>
    symbol === null || symbol === own ? { symbol: null, timeframe } : { symbol, timeframe: feeds?.get(symbol) },
  );

/** Why a plan can't be run on bars of `timeframe`: it reads bars that won't come. Null when it can. Makes nothing. */
export function whyNoBarRunner(plan: Plan, timeframe: Timeframe, options: BarRunnerOptions = {}): string | null {
  for (const [index, source] of sourcesOf(plan, timeframe, options).entries()) {
    if (source.timeframe === undefined) return missingFeed(source.symbol);
    const refused = whyNotMade(plan.clocks[index]?.timeframe ?? source.timeframe, {
      symbol: source.symbol ?? options.symbol ?? 'this market',
      timeframe: source.timeframe,
    });
    if (refused !== null) return refused;
  }
  return null;
}

/**
 * How many bars the indicators of a plan look back over, all together: the size of a runner and of its state. O(steps);
 * makes nothing.
 */
export const rememberedBars = ({ steps, positionSteps }: Plan): number =>
  [...steps, ...positionSteps].reduce(
    (sum, step) => sum + (step.kind === 'kernel' ? step.block.lookback(step.params) : 0),
    0,
  );

/**
 * Runs a plan bar by bar, as a bot does: the same kernels, the same simulation and the same bits as `backtest`. A plan
 * that reads bars that won't come is refused with the reason.
 */
export function createBarRunner(
  plan: Plan,
  settings: Settings,
  timeframe: Timeframe,
  options: BarRunnerOptions = {},
): Result<BarRunner, string> {
  const refused = whyNoBarRunner(plan, timeframe, options);
  if (refused !== null) return err(refused);
  const { fuse = null, orders = null, tradesAfter = null } = options;
  const sources = sourcesOf(plan, timeframe, options);

  // The value of each column at the bar; the simulation reads them as columns of one bar.
  const laid = layCells(plan);
  const { cells } = laid;
  const columns = Array.from({ length: plan.columnCount }, (_, column) => cells.subarray(column, column + 1));
  const clocks = sources.map(
    (source, index) => new StreamClock(plan, index, source.timeframe ?? timeframe, laid, fuse),
  );
  const positionSteps = createPositionSteps(plan);
  const journal = emptyJournal();
  // The bar as columns of one.
  const one = {
    time: new Float64Array(1),
    open: new Float64Array(1),
    high: new Float64Array(1),
    low: new Float64Array(1),
    close: new Float64Array(1),
  };
  const cursor = new BarCursor(one);
  cursor.at = 0;
  const told = { bar: cursor, journal, orders };
  let simulator = new Simulator(plan, settings, told);
  const own = clocks[0];
  const others = clocks.slice(1);
  const clocksOf = (symbol: string | null) => others.filter((_, index) => sources[index + 1]?.symbol === symbol);
  const ofOwnBars = clocksOf(null);
  const ofFeeds = new Map(
    sources.flatMap(({ symbol }) => (symbol === null ? [] : [[symbol, clocksOf(symbol)] as const])),
  );
  const aligned = plan.steps.filter((step) => step.kind === 'align');
  const happened = <T>(list: T[]): readonly T[] => (list.length === 0 ? NOTHING : list.splice(0));

  const runner: BarRunner = {
    onBar: (bar, closedAt = barEnd(bar.time, timeframe)) => {
      for (const clock of ofOwnBars) clock.run(bar, closedAt);
      for (const clock of others) clock.advance(closedAt);
      for (const step of aligned) cells[step.output] = cells[step.operand] ?? Number.NaN;
      own?.run(bar, closedAt);
      one.time[0] = bar.time;
      one.open[0] = bar.open;
      one.high[0] = bar.high;
      one.low[0] = bar.low;
      one.close[0] = bar.close;
      if (tradesAfter !== null && bar.time <= tradesAfter) return { ...UNTRADED, equity: simulator.state.equity };
      simulator.openBar();
      positionSteps.run(simulator.state, columns, 0, bar.close);
      simulator.closeBar(columns, 0);
      return {
        signals: happened(journal.signals),
        trades: happened(journal.trades),
        rejected: happened(journal.rejected),
        equity: simulator.state.equity,
        drawdown: simulator.drawdown,
        position: simulator.state.units,
        hasOrders: simulator.state.orders.length > 0 || simulator.state.resting.length > 0,
      };
    },
    onFeed: (symbol, bar, closedAt) => {
      for (const clock of ofFeeds.get(symbol) ?? NOTHING) clock.run(bar, closedAt);
    },
    save: () => ({
      engine: ENGINE_VERSION,
      simulator: pack(simulator.save()),
      kernels: clocks.map((clock) => pack(clock.save())),
      positionKernels: pack(positionSteps.save()),
      columns: pack(Array.from(cells.subarray(0, plan.columnCount))),
      clocks: clocks.map((clock) => {
        const pending = clock.savePending();
        return { pending: pending && pack(pending) };
      }),
    }),
    restore: (state) => {
      if (state.engine !== ENGINE_VERSION) return false;
      const saved = unpack<SimulatorState>(state.simulator);
      simulator = new Simulator(plan, settings, told, saved, { informed: saved.informed });
      clocks.forEach((clock, index) => {
        clock.restore(unpack<number[][]>(state.kernels[index] ?? '[]'));
        const pending = state.clocks[index]?.pending;
        if (pending) clock.restorePending(unpack<number[]>(pending));
      });
      positionSteps.restore(unpack<number[][]>(state.positionKernels));
      cells.set(unpack<number[]>(state.columns));
      return true;
    },
  };
  return ok(runner);
}
