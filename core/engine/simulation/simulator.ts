import { drawdownOf } from '#core/trading/account.ts';
import type { OrderListener } from '#core/trading/broker.ts';
import type { BarCursor } from '#core/trading/paper/bar-cursor.ts';
import { PaperBroker } from '#core/trading/paper/paper-broker.ts';
import { startPaper, type PaperState } from '#core/trading/paper/paper-state.ts';
import type { Columns } from '../columns/batch.ts';
import type { Journal } from '../outcome/journal.ts';
import type { Settings } from '../outcome/settings.ts';
import type { Plan } from '../plan/plan.ts';
import { Decider, type DeciderState } from './decider.ts';
import { openDesk } from './desk.ts';
import { RunRecord } from './run-record.ts';

/** Everything that the future depends on, as plain values: stored by the bots. */
export interface SimulatorState extends PaperState, DeciderState {}

/** Who is told what happens one by one; null: nobody. */
export interface ToldTo {
  readonly journal: Journal | null;
  readonly orders?: OrderListener | null;
}

/**
 * Trades the actions of a plan, one bar after the other: the decider says at each close what is wanted, the paper
 * broker fills. Batch, preview and bots run this one.
 */
export class Simulator {
  readonly broker: PaperBroker;
  readonly decider: Decider;
  readonly record: RunRecord;
  readonly state: PaperState;
  readonly settings: Settings;
  readonly #decided: DeciderState;

  constructor(
    { actions }: Plan,
    settings: Settings,
    { bar, journal, orders = null }: ToldTo & { readonly bar: BarCursor },
    state: PaperState = startPaper(settings.cash),
    decided: DeciderState = { informed: [] },
  ) {
    const desks = actions.map((action, index) => openDesk(action, index, settings));
    const record = new RunRecord(actions, bar, journal, orders);
    this.settings = settings;
    this.state = state;
    this.#decided = decided;
    this.record = record;
    this.broker = new PaperBroker(
      {
        orderTerms: desks.map(({ terms }) => terms),
        terms: settings,
        bar,
        listener: record,
        isDetailed: record.isDetailed,
      },
      state,
    );
    this.decider = new Decider(desks, this.broker, { terms: settings, bar, record }, decided);
  }

  save(): SimulatorState {
    return { ...this.state, ...this.#decided };
  }

  get drawdown(): number {
    return drawdownOf(this.state);
  }

  /**
   * What happens while the bar of the cursor is open. Afterwards the state is that at its close, before anything is
   * decided.
   */
  openBar(): void {
    this.broker.openBar();
  }

  /**
   * Decides by the values at the close (`columns`, at index `at`), fills at once where the settings say so, and moves
   * the trailing stop.
   */
  closeBar(columns: Columns, at: number): void {
    const { broker, decider, state } = this;
    if (!state.ruined) decider.decide(columns, at);
    broker.fillAtClose();
    if (state.trailAction >= 0) decider.moveTrail(columns, at);
    broker.endBar();
  }

  /** Closes what is open at the last close. */
  finish(): void {
    if (this.settings.closeAtEnd) this.broker.closeOut();
  }
}
