import type { Bars } from '#core/market/bars.ts';
import { BarCursor } from '#core/trading/paper/bar-cursor.ts';
import { startPaper } from '#core/trading/paper/paper-state.ts';
import type { Pieces } from '../columns/piecewise.ts';
import type { Span } from '../figures/benchmark.ts';
import { EquityTally, type EquityRecord } from '../figures/equity-tally.ts';
import type { Settings } from '../outcome/settings.ts';
import type { Plan } from '../plan/plan.ts';
import { createPositionSteps, type PositionSteps } from './position-steps.ts';
import { DueBars, passQuietBars } from './quiet-bars.ts';
import { Simulator, type ToldTo } from './simulator.ts';

export interface SimulationRequest extends ToldTo {
  readonly plan: Plan;
  readonly bars: Bars;
  /** The bars that are traded; the columns of those before are their history. */
  readonly span: Span;
  readonly settings: Settings;
  readonly record: EquityRecord | null;
}

/**
 * A plan traded over a span of bars, piece by piece: bar by bar where something happens, in stretches where nothing
 * does.
 */
export class Simulation {
  readonly simulator: Simulator;
  readonly tally: EquityTally;
  readonly #bars: Bars;
  readonly #span: Span;
  readonly #cursor: BarCursor;
  readonly #due: DueBars;
  readonly #steps: PositionSteps | null;

  constructor({ plan, bars, span, settings, journal, orders = null, record }: SimulationRequest) {
    this.#bars = bars;
    this.#span = span;
    this.#cursor = new BarCursor(bars);
    this.#due = new DueBars(plan.actions);
    this.#steps = plan.positionSteps.length > 0 ? createPositionSteps(plan) : null;
    this.simulator = new Simulator(
      plan,
      settings,
      { bar: this.#cursor, journal, orders },
      startPaper(settings.cash, span.from - 1),
    );
    this.tally = new EquityTally(settings.cash, record);
  }

  /** Trades the bars of the piece that is shown, as far as they belong to the span. Pieces come in order. */
  advance(pieces: Pieces): void {
    const { columns, start } = pieces;
    const from = Math.max(this.#span.from, pieces.from);
    const to = Math.min(this.#span.to, pieces.to);
    const steps = this.#steps;
    const { state } = this.simulator;
    // The last bar may close the position behind its close: it is never passed over.
    const quietTo = Math.min(to, this.#span.to - 1);
    this.#due.look(columns);
    for (let bar = from; bar < to; bar += 1) {
      while (!steps && bar < quietTo && state.orders.length === 0 && state.resting.length === 0) {
        const passed = this.#pass(columns, start, bar, quietTo);
        if (passed === bar) break;
        bar = passed;
      }
      if (bar < to) this.#trade(columns, start, bar);
    }
  }

  /** Passes over bars without consequence; gives the first that has one. */
  #pass(columns: Pieces['columns'], start: number, bar: number, to: number): number {
    const { broker, decider, record, settings, state } = this.simulator;
    const due = state.ruined ? to : this.#due.nextFrom(bar - start, to - start, state) + start;
    // What is decided at its close and filled later changes nothing at the bar itself.
    const end = due < to && settings.fill === 'open' ? due + 1 : due;
    const passed = passQuietBars(broker.ledger, this.#bars, this.tally, bar, end);
    if (record.journal && decider.hasInfos && !state.ruined)
      this.#signalInfos(columns, start, bar, Math.min(passed, due));
    if (passed <= due) return passed;
    this.#cursor.at = due;
    decider.decide(columns, due - start);
    return passed;
  }

  #signalInfos(columns: Pieces['columns'], start: number, from: number, to: number): void {
    const { time, close } = this.#bars;
    for (let bar = from; bar < to; bar += 1)
      this.simulator.decider.signalInfos(columns, bar - start, bar, {
        time: time[bar] ?? 0,
        close: close[bar] ?? Number.NaN,
      });
  }

  #trade(columns: Pieces['columns'], start: number, bar: number): void {
    const { close } = this.#bars;
    const { simulator } = this;
    const price = close[bar] ?? Number.NaN;
    this.#cursor.at = bar;
    simulator.openBar();
    this.#steps?.run(simulator.state, columns, bar - start, price);
    simulator.closeBar(columns, bar - start);
    if (bar === this.#span.to - 1) simulator.finish();
    this.tally.add(simulator.state.equity, bar === this.#span.from ? 0 : price / (close[bar - 1] ?? Number.NaN) - 1);
  }
}
