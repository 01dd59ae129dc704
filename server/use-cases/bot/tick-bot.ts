import type { Bars } from '#core/market/bars.ts';
import type { Advanced, AdvanceTask, SaidSignal } from '#server/compute/bot/advance-bot.ts';
import { barsAhead, readCheckpoint, withFeeds, type Checkpoint } from '#server/compute/bot/checkpoint.ts';
import type { Unfinished } from '#server/compute/protocol.ts';
import { withOrg, type Database, type Tx } from '#server/db/database.ts';
import { insertSignal, lockBot, updateBot, type BotRow } from '#server/db/queries/bots.ts';
import type { MarketRow } from '#server/db/queries/markets.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { addJob } from '#server/queue/add-job.ts';
import { replayBot as replayBotJob, tickBot as tickBotJob } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { findProgram, loadGiven, type StoredProgram } from './program.ts';

/** The replayed feed gives a bar a second. */
const BAR_EVERY = 1000;

/** More bars than these are not run while a bar is due: they are a run like any other. */
const MOST_AHEAD = 10_000;

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
  return withOrg(db, orgId, async (tx) => {
    const ready = await readTick(tx, tick, tools);
    if (!ready) return null;
    if (barsAhead(ready.task.checkpoint) <= MOST_AHEAD)
      return record(tx, ready, await tools.advance(ready.task), tools.now());
    await addJob(tx, replayBotJob, tick, { flags: flagsOf(orgId, true), key: `replay ${botId}` });
    return null;
  });
}

/** The same for a bot that has many bars to run before its next one. No transaction stands open meanwhile. */
export async function replayBot(db: Database, tick: Tick, tools: TickTools): Promise<Date | null> {
  const before = await withOrg(db, tick.orgId, (tx) => readTick(tx, tick, tools));
  if (!before) return null;
  const outcome = await tools.advance(before.task);
  return withOrg(db, tick.orgId, async (tx) => {
    const ready = await readTick(tx, tick, tools);
    return ready && record(tx, ready, outcome, tools.now());
  });
}

interface Ready {
  readonly bot: BotRow;
  readonly program: StoredProgram;
  readonly task: AdvanceTask;
}

/** Null when there is nothing to do: the tick was done already, the bot does not run, its bars are at their end, or what it runs on is gone. */
async function readTick(tx: Tx, { orgId, botId, step }: Tick, { load }: TickTools): Promise<Ready | null> {
  const bot = await lockBot(tx, orgId, botId);
  const checkpoint: Checkpoint | null = bot?.status === 'running' ? readCheckpoint(bot.checkpoint) : null;
  if (!bot || checkpoint?.step !== step) return null;
  const program = await findProgram(tx, bot);
  if (!program) return null;
  const bars = await loadGiven(program, (market) => load(tx, market));
  if (checkpoint.next >= bars.own.length) {
    await halt(tx, bot, 'It has replayed the last bar of its market.');
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
      checkpoint: withFeeds(
        checkpoint,
        program.feeds.map(({ id }) => id),
      ),
      bars,
    },
  };
}

async function record(
  tx: Tx,
  { bot, program }: Ready,
  outcome: Awaited<ReturnType<TickTools['advance']>>,
  now: Date,
): Promise<Date | null> {
  const { orgId, id: botId } = bot;
  if (outcome.type === 'refused') return halt(tx, bot, outcome.reason);
  if (outcome.type === 'stopped') throw new Error('the worker is stopping');
  const due = new Date(now.getTime() + BAR_EVERY);
  await updateBot(tx, orgId, botId, { checkpoint: outcome.checkpoint });
  await addJob(
    tx,
    tickBotJob,
    { orgId, botId, step: outcome.checkpoint.step },
    { runAt: due, flags: flagsOf(orgId, false) },
  );
  await emit(tx, bot, program, outcome.signals);
  return due;
}

async function halt(tx: Tx, { orgId, id }: BotRow, failure: string): Promise<null> {
  await updateBot(tx, orgId, id, { status: 'halted', failure });
  await appendEvent(tx, orgId, { kind: 'bot.changed', payload: { botId: id, status: 'halted' } });
  return null;
}

async function emit(
  tx: Tx,
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
    const { orgId, sequence: _none, emittedAt, ...row } = stored;
    const signal = { ...row, botName: bot.name, versionNumber, emittedAt: emittedAt.getTime() };
    await appendEvent(tx, orgId, { kind: 'signal.emitted', payload: { signal } });
  }
}
