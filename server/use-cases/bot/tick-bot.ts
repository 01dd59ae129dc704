import { giveBar, type GivenBars } from '#core/engine/give-bar.ts';
import type { Signal } from '#core/engine/result.ts';
import { createNodePrinter } from '#core/formula/print.ts';
import { isRef, type Formula } from '#core/formula/formula.ts';
import type { Bars } from '#core/market/bars.ts';
import { withOrg, type Database, type Tx } from '#server/db/database.ts';
import { insertSignal, lockBot, updateBot, type BotRow } from '#server/db/queries/bots.ts';
import type { MarketRow } from '#server/db/queries/markets.ts';
import { isAppError } from '#server/errors.ts';
import { addJob } from '#server/jobs/add-job.ts';
import { tickBot as tickBotJob } from '#server/jobs/definitions/tick-bot.ts';
import { flagsOf } from '#server/jobs/fair-turns.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { barsAhead, prepareRunner, readCheckpoint, resume, type Checkpoint } from './checkpoint.ts';
import { findProgram, loadGiven, type StoredProgram } from './program.ts';

/** The replayed feed gives a bar a second. */
export const BAR_EVERY = 1000;

interface Tick {
  readonly orgId: string;
  readonly botId: string;
  readonly step: number;
}

/**
 * Gives a running bot its next bar: signals, checkpoint and the job of the bar after in one transaction, so that a killed worker neither
 * loses nor repeats one. Returns when the next tick is due; null when there is none.
 */
export function tickBot(db: Database, { orgId, botId, step }: Tick, load: (tx: Tx, market: MarketRow) => Promise<Bars>, now: () => Date): Promise<Date | null> {
  return withOrg(db, orgId, async (tx) => {
    const bot = await lockBot(tx, orgId, botId);
    const checkpoint = bot?.status === 'running' ? readCheckpoint(bot.checkpoint) : null;
    if (!bot || checkpoint?.step !== step) return null;
    const program = await findProgram(tx, bot);
    if (!program) return null;
    const bars = await loadGiven(program, (market) => load(tx, market));
    if (checkpoint.next >= bars.own.length) return halt(tx, bot, 'It has replayed the last bar of its market.');
    try {
      const advanced = advance(program, checkpoint, bars);
      const due = new Date(now().getTime() + BAR_EVERY);
      await updateBot(tx, orgId, botId, { checkpoint: advanced.checkpoint });
      await addJob(tx, tickBotJob, { orgId, botId, step: advanced.checkpoint.step }, { runAt: due, flags: flagsOf(orgId, false) });
      await emit(tx, bot, { program, formula: advanced.formula }, advanced.signals);
      return due;
    } catch (error) {
      if (!isAppError(error)) throw error;
      return halt(tx, bot, error.message);
    }
  });
}

function advance(program: StoredProgram, checkpoint: Checkpoint, bars: GivenBars): { checkpoint: Checkpoint; signals: readonly Signal[]; formula: Formula } {
  const { runner, plan } = prepareRunner(program, barsAhead(checkpoint));
  resume(runner, checkpoint, bars);
  const { signals } = giveBar(runner, bars, checkpoint.next);
  return { checkpoint: { next: checkpoint.next + 1, step: checkpoint.step + 1, runner: runner.save() }, signals, formula: plan.formula };
}

async function halt(tx: Tx, { orgId, id }: BotRow, failure: string): Promise<null> {
  await updateBot(tx, orgId, id, { status: 'halted', failure });
  await appendEvent(tx, orgId, { kind: 'bot.changed', payload: { botId: id, status: 'halted' } });
  return null;
}

interface Emitter {
  readonly program: StoredProgram;
  readonly formula: Formula;
}

async function emit(tx: Tx, bot: BotRow, { program: { own: market, versionNumber }, formula }: Emitter, signals: readonly Signal[]): Promise<void> {
  if (signals.length === 0) return;
  const says = createNodePrinter(formula);
  for (const [ordinal, { time, node, kind, price, note }] of signals.entries()) {
    const when = formula.nodes[node]?.args['when'];
    const reason = isRef(when) ? (formula.nodes[when.from]?.name ?? says(when.from)) : null;
    const stored = await insertSignal(tx, {
      orgId: bot.orgId, botId: bot.id, versionId: bot.versionId, symbol: market.symbol, timeframe: market.timeframe, barTime: time, nodeId: node, ordinal, kind, price, note: note ?? null, reason,
    });
    if (!stored) continue;
    const { orgId, sequence: _none, emittedAt, ...row } = stored;
    const signal = { ...row, botName: bot.name, versionNumber, emittedAt: emittedAt.getTime() };
    await appendEvent(tx, orgId, { kind: 'signal.emitted', payload: { signal } });
  }
}
