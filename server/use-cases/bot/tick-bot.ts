import type { Bars } from '#core/market/bars.ts';
import type { Advanced, AdvanceTask, SaidSignal } from '#server/compute/bot/advance-bot.ts';
import { barsAhead, readCheckpoint, type Checkpoint } from '#server/compute/bot/checkpoint.ts';
import type { Unfinished } from '#server/compute/protocol.ts';
import type { Database, Tx } from '#server/db/database.ts';
import { insertSignal, lockBot, updateBot, type BotRow } from '#server/db/queries/bots.ts';
import type { MarketRow } from '#server/db/queries/markets.ts';
import { replayBot as replayBotJob, tickBot as tickBotJob } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import { act, type Unit } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { byBot } from '../context.ts';
import { findProgram, loadGiven, type StoredProgram } from './program.ts';

/** The replayed feed gives a bar a second. */
const BAR_EVERY = 1000;

/** More bars than these are not run while a bar is due: they are a run like any other. */
const MOST_AHEAD = 10_000;

const OWN_BAR = freely('a bot takes its own bars; starting it took the permission');

export interface Tick {
  readonly orgId: string;
  readonly botId: string;
  readonly step: number;
}

export interface TickTools {
  load(tx: Tx, market: MarketRow): Promise<Bars>;
  advance(task: AdvanceTask): Promise<Unfinished | ({ readonly type: 'finished' } & Advanced)>;
  now(): Date;
}

/**
 * Gives a running bot its next bar: signals, checkpoint and the job of the bar after in one transaction, so that a killed worker neither
 * loses nor repeats one. Returns when the next tick is due; null when there is none.
 */
export function tickBot(db: Database, tick: Tick, tools: TickTools): Promise<Date | null> {
  const { orgId, botId } = tick;
  return act(byBot(db, tick, tools.now()), OWN_BAR, async (unit) => {
    const ready = await readTick(unit, tick, tools);
    if (!ready) return null;
    if (barsAhead(ready.task.checkpoint) <= MOST_AHEAD)
      return record(unit, ready, await tools.advance(ready.task), tools.now());
    unit.happened('bot.advanced', {
      next: prepareJob(replayBotJob, tick, { flags: flagsOf(orgId, true), key: `replay ${botId}` }),
    });
    return null;
  });
}

/** The same for a bot that has many bars to run before its next one. No transaction stands open meanwhile. */
export async function replayBot(db: Database, tick: Tick, tools: TickTools): Promise<Date | null> {
  const before = await act(byBot(db, tick, tools.now()), OWN_BAR, async (unit) => {
    const ready = await readTick(unit, tick, tools);
    if (ready) unit.nothingHappened();
    return ready;
  });
  if (!before) return null;
  const outcome = await tools.advance(before.task);
  return act(byBot(db, tick, tools.now()), OWN_BAR, async (unit) => {
    const ready = await readTick(unit, tick, tools);
    return ready && record(unit, ready, outcome, tools.now());
  });
}

interface Ready {
  readonly bot: BotRow;
  readonly program: StoredProgram;
  readonly task: AdvanceTask;
}

/** Null when there is nothing to do: the tick was done already, the bot does not run, its bars are at their end, or what it runs on is gone. */
async function readTick(unit: Unit, { orgId, botId, step }: Tick, { load }: TickTools): Promise<Ready | null> {
  const { tx } = unit;
  const bot = await lockBot(tx, orgId, botId);
  const checkpoint: Checkpoint | null = bot?.status === 'running' ? readCheckpoint(bot.checkpoint) : null;
  const program = bot && checkpoint?.step === step ? await findProgram(tx, bot) : null;
  if (!bot || !checkpoint || !program) {
    unit.nothingHappened();
    return null;
  }
  const bars = await loadGiven(program, (market) => load(tx, market));
  if (checkpoint.next >= bars.own.length) {
    await halt(unit, bot, 'It has replayed the last bar of its market.');
    return null;
  }
  const named = ({ symbol, timeframe }: MarketRow) => ({ symbol, timeframe });
  return {
    bot,
    program,
    task: {
      program: {
        json: program.json,
        settings: program.settings,
        own: named(program.own),
        feeds: program.feeds.map(named),
      },
      checkpoint,
      bars,
    },
  };
}

async function record(
  unit: Unit,
  { bot, program }: Ready,
  outcome: Awaited<ReturnType<TickTools['advance']>>,
  now: Date,
): Promise<Date | null> {
  const { orgId, id: botId } = bot;
  if (outcome.type === 'refused') return halt(unit, bot, outcome.reason);
  if (outcome.type === 'stopped') throw new Error('the worker is stopping');
  const due = new Date(now.getTime() + BAR_EVERY);
  await updateBot(unit.tx, orgId, botId, { checkpoint: outcome.checkpoint });
  const next = { orgId, botId, step: outcome.checkpoint.step };
  await emit(unit, bot, program, outcome.signals);
  unit.happened('bot.advanced', {
    next: prepareJob(tickBotJob, next, { runAt: due, flags: flagsOf(orgId, false) }),
  });
  return due;
}

async function halt({ tx, happened }: Unit, { orgId, id, status }: BotRow, failure: string): Promise<null> {
  await updateBot(tx, orgId, id, { status: 'halted', failure });
  happened('bot.halted', { botId: id, before: status });
  return null;
}

async function emit(
  { tx, happened }: Unit,
  bot: BotRow,
  { own: market, versionNumber }: StoredProgram,
  signals: readonly SaidSignal[],
): Promise<void> {
  for (const [ordinal, { time, node, kind, price, note, reason }] of signals.entries()) {
    const stored = await insertSignal(tx, {
      orgId: bot.orgId,
      botId: bot.id,
      versionId: bot.versionId,
      symbol: market.symbol,
      timeframe: market.timeframe,
      barTime: time,
      nodeId: node,
      ordinal,
      kind,
      price,
      note: note ?? null,
      reason,
    });
    if (!stored) continue;
    const { orgId: _own, sequence: _none, emittedAt, ...row } = stored;
    const signal = { ...row, botName: bot.name, versionNumber, emittedAt: emittedAt.getTime() };
    happened('signal.emitted', { signal });
  }
}
