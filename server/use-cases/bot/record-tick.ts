import type { AdvanceTask, SaidSignal } from '#server/compute/bot/bot-runners.ts';
import type { OutcomeOf } from '#server/compute/protocol.ts';
import { findTimeOfBar, listChunks } from '#server/db/queries/bar-chunks.ts';
import { haltBot, insertSignals, lockBot, moveBot, type BotRow, type SignalRow } from '#server/db/queries/bots.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import type { LiveSignal } from '#server/live/event.ts';
import { tickBot as tickBotJob } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { jobCall } from '#server/queue/prepare-job.ts';
import type { Unit } from '../act/act.ts';
import { goOver, upgradeOf } from './go-over.ts';

/** In how many milliseconds the next tick is due, null when there is none; or its bars were corrected meanwhile. */
export type Tried = number | null | 'overtaken';

/** The replayed feed gives a bar a second. */
const BAR_EVERY = 1000;

const AT_THE_END = 'It has replayed the last bar of its market.';

export interface Ready {
  readonly bot: BotRow;
  readonly versionNumber: number;
  readonly market: MarketRow;
  readonly feeds: readonly MarketRow[];
  readonly task: Omit<AdvanceTask, 'origin'>;
}

/** The bot as it is to be moved; null when it has stopped or was moved by somebody else. */
async function whereNow({ tx }: Unit, { bot, task }: Ready): Promise<Moving | null> {
  const now = await lockBot(tx, bot.orgId, bot.id);
  const market = await findMarket(tx, bot.orgId, bot.marketId);
  if (!market || now?.status !== 'running' || now.step !== bot.step || now.nextBar === null) return null;
  // It stands before the bar that was its next one, wherever that is by now, or before the one behind, where it is
  // gone.
  const open = await findTimeOfBar(tx, market, await listChunks(tx, market, {}), now.nextBar);
  const isThere = open === task.bars.own.time[task.position.next];
  return { bot: now, nextBar: now.nextBar + (isThere ? 1 : 0), corrected: market.corrected };
}

interface Moving {
  readonly bot: BotRow;
  readonly nextBar: number;
  readonly corrected: number;
}

/** Writes what came of a bar; nothing when the bot is not as it was. */
export async function record(
  unit: Unit,
  ready: Ready,
  outcome: OutcomeOf<'advance'>,
  isPatient = false,
): Promise<Tried> {
  const { tx } = unit;
  const { bot } = ready;
  const { orgId, id: botId } = bot;
  if (outcome.type === 'refused') return halt(unit, bot, outcome.reason);
  // Of a bar without a signal nobody hears, nor of a bar that is given up.
  unit.nothingHappened();
  // Its bars were corrected, or it was paused or removed, which the next look at it shows.
  if (outcome.type === 'stopped') return 'overtaken';
  if (outcome.type === 'cold' || outcome.type === 'paused') throw new Error('a runner is made of what it was given');
  const { position, checkpoint, signals } = outcome;
  const next = jobCall(
    tickBotJob,
    { orgId, botId, step: position.step },
    { runIn: BAR_EVERY, flags: flagsOf(orgId, false) },
  );
  const asIs = { bot, nextBar: position.next, corrected: ready.market.corrected };
  const moving = isPatient ? await whereNow(unit, ready) : asIs;
  if (!moving) return 'overtaken';
  const { nextBar, corrected } = moving;
  const isMoved = await moveBot(tx, moving.bot, { nextBar, step: position.step, checkpoint, corrected }, next);
  if (!isMoved) return 'overtaken';
  const upgrade = upgradeOf(bot, outcome);
  const rows = signals.map((signal, ordinal) => rowOf(ready, signal, ordinal));
  const closing = upgrade && (await goOver(unit, ready, outcome));
  const stored = await insertSignals(tx, [...rows, ...(closing ? [rowOf(ready, closing, rows.length)] : [])]);
  for (const row of stored) unit.happened('signal.emitted', { signal: signalOf(ready, row) });
  return BAR_EVERY;
}

/** Stops a bot and says why, unless it has moved on. */
export async function halt(unit: Unit, bot: BotRow, failure: string): Promise<null> {
  const error = failure === AT_THE_END ? null : { userId: bot.createdBy, name: bot.name, failure };
  if (await haltBot(unit.tx, bot, failure)) unit.happened('bot.halted', { botId: bot.id, before: bot.status, error });
  else unit.nothingHappened();
  return null;
}

const rowOf = ({ bot, market }: Ready, { time, node, kind, price, note, reason }: SaidSignal, ordinal: number) => ({
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

function signalOf({ bot, versionNumber }: Ready, stored: SignalRow): LiveSignal {
  const { orgId: _own, emittedAt, ...row } = stored;
  return { ...row, botName: bot.name, versionNumber, emittedAt: emittedAt.getTime() };
}
