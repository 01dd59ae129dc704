import type { Bars } from '#core/market/bars.ts';
import { submit, type Intent } from '#core/trading/intent.ts';
import { BarCursor } from '#core/trading/paper/bar-cursor.ts';
import { PaperBroker } from '#core/trading/paper/paper-broker.ts';
import { startPaper } from '#core/trading/paper/paper-state.ts';
import { OrderLog } from '#core/trading/testing/order-log.ts';
import { Arena } from '../columns/arena.ts';
import { runBatch } from '../columns/batch.ts';
import { barsOfClocks } from '../columns/feeds.ts';
import { Pieces, piecesOf, splitPlan } from '../columns/piecewise.ts';
import { emptyJournal } from '../outcome/journal.ts';
import type { Settings } from '../outcome/settings.ts';
import type { Plan } from '../plan/plan.ts';
import { openDesk } from '../simulation/desk.ts';
import { Simulation } from '../simulation/simulation.ts';

export interface DatedIntent {
  readonly bar: number;
  readonly intent: Intent;
}

export interface WatchedRun {
  readonly intents: readonly DatedIntent[];
  readonly log: OrderLog;
  readonly simulation: Simulation;
  readonly equity: Float64Array;
}

/**
 * A run in stretches, as a backtest is, with everything that the decider asks of the broker and that the broker
 * answers.
 */
export function watchIntents(plan: Plan, bars: Bars, settings: Settings): WatchedRun {
  const clocks = barsOfClocks(plan, bars, new Map());
  if (!clocks.ok) throw new Error(clocks.error);
  const span = { from: 0, to: bars.length };
  const record = { equity: new Float64Array(bars.length), drawdown: new Float64Array(bars.length) };
  const log = new OrderLog();
  const simulation = new Simulation({ plan, bars, span, settings, journal: emptyJournal(), orders: log, record });
  const intents: DatedIntent[] = [];
  const { broker } = simulation.simulator;
  const { enter, exit, cancel, trail } = broker;
  const note = (intent: Intent): void => void intents.push({ bar: broker.view.bar, intent });
  // The broker itself asks for a trailing stop that keeps a fraction.
  Object.assign(broker, {
    enter: (order: Parameters<typeof enter>[0]) => (note({ type: 'enter', order }), enter.call(broker, order)),
    exit: (order: Parameters<typeof exit>[0]) => (note({ type: 'exit', order }), exit.call(broker, order)),
    cancel: (side: Parameters<typeof cancel>[0]) => (note({ type: 'cancel', side }), cancel.call(broker, side)),
    trail: (level: number) => {
      if (broker.view.trailAction >= 0) note({ type: 'trail', level });
      trail.call(broker, level);
    },
  });
  const arena = new Arena();
  const split = splitPlan(plan);
  const { columns } = runBatch({
    steps: split.whole,
    columnCount: plan.columnCount,
    kept: split.kept,
    clocks: clocks.value,
    given: new Map(),
    arena,
  });
  const pieces = new Pieces(split, columns, arena);
  for (const { from, to } of piecesOf(span)) {
    pieces.show(from, to);
    simulation.advance(pieces);
  }
  return { intents, log, simulation, equity: record.equity };
}

/** The same intents given to a paper broker of its own, bar by bar, without a strategy. */
export function fillIntents(
  { actions }: Plan,
  bars: Bars,
  settings: Settings,
  intents: readonly DatedIntent[],
): OrderLog {
  const log = new OrderLog();
  const cursor = new BarCursor(bars);
  const orderTerms = actions.map((action, index) => openDesk(action, index, settings).terms);
  const book = { orderTerms, terms: settings, bar: cursor, listener: log, isDetailed: true };
  const broker = new PaperBroker(book, startPaper(settings.cash));
  for (let bar = 0; bar < bars.length; bar += 1) {
    const wanted = intents.filter((one) => one.bar === bar).map(({ intent }) => intent);
    cursor.at = bar;
    broker.openBar();
    for (const intent of wanted) if (intent.type !== 'trail') submit(broker, intent);
    broker.fillAtClose();
    for (const intent of wanted) if (intent.type === 'trail') submit(broker, intent);
    broker.endBar();
    if (bar === bars.length - 1 && settings.closeAtEnd) broker.closeOut();
  }
  return log;
}
