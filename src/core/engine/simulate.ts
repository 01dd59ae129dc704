import type { Bars } from '../market/bars.ts';
import { BarCursor } from './bar-cursor.ts';
import type { Span } from './benchmark.ts';
import { EquityTally, type EquityRecord } from './equity-tally.ts';
import type { Journal } from './journal.ts';
import { PIECE, type Pieces } from './piecewise.ts';
import type { Plan } from './plan.ts';
import { createPositionSteps } from './position-steps.ts';
import { DueBars, passQuietBars } from './quiet-bars.ts';
import { Simulator } from './simulator.ts';
import { startState } from './simulator-state.ts';
import type { Settings } from './settings.ts';

export interface Watch {
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked now and then; true ends the run. */
  readonly shouldStop?: () => boolean;
}

export interface SimulationRequest {
  readonly plan: Plan;
  /** The columns of the plan over all bars: those before the span are its history. */
  readonly pieces: Pieces;
  readonly bars: Bars;
  /** The bars that are traded. */
  readonly span: Span;
  readonly settings: Settings;
  /** Null: only figures are wanted. */
  readonly journal: Journal | null;
  readonly record: EquityRecord | null;
}

/** How a run ended. */
export interface Simulation {
  readonly simulator: Simulator;
  readonly tally: EquityTally;
}

const PROGRESS_EVERY = 4 * PIECE;

/** Trades a plan over a span of bars, bar by bar where something happens and in stretches where nothing does. */
export function simulate({ plan, pieces, bars, span, settings, journal, record }: SimulationRequest, { onProgress, shouldStop }: Watch = {}): Simulation | 'stopped' {
  const { close } = bars;
  const cursor = new BarCursor(bars);
  const steps = plan.positionSteps.length > 0 ? createPositionSteps(plan) : null;
  const simulator = new Simulator(plan, settings, cursor, journal, { ...startState(settings), bar: span.from - 1 });
  const { ledger, state } = simulator;
  const tally = new EquityTally(settings.cash, record);
  const due = new DueBars(plan.actions);
  const last = span.to - 1;
  for (let from = span.from; from <= last; from += PIECE) {
    if (shouldStop?.()) return 'stopped';
    if ((from - span.from) % PROGRESS_EVERY === 0) onProgress?.(from - span.from, span.to - span.from);
    const to = Math.min(span.to, from + PIECE);
    pieces.show(from, to);
    const { columns, start } = pieces;
    due.look(columns);
    // The last bar may close the position behind its close: it is never passed over.
    const quietTo = Math.min(to, last);
    for (let bar = from; bar < to; bar += 1) {
      if (!steps && state.orders.length === 0 && state.resting.length === 0) {
        const next = state.ruined ? quietTo : due.nextFrom(bar - start, quietTo - start, state) + start;
        const passed = passQuietBars(ledger, bars, tally, bar, next);
        if (journal && !state.ruined) {
          const end = passed - start;
          for (let at = due.nextSignal(bar - start, end); at < end; at = due.nextSignal(at + 1, end)) simulator.tellSignals(columns, at, start + at, bars);
        }
        bar = passed;
        if (bar === to) break;
      }
      const price = close[bar] ?? Number.NaN;
      cursor.at = bar;
      simulator.openBar();
      steps?.run(simulator, columns, bar - start, price);
      simulator.closeBar(columns, bar - start);
      if (bar === last) simulator.finish();
      tally.add(state.equity, bar === span.from ? 0 : price / (close[bar - 1] ?? Number.NaN) - 1);
    }
  }
  onProgress?.(span.to - span.from, span.to - span.from);
  return { simulator, tally };
}
