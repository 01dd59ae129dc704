import type { GivenBars } from '#core/engine/stream/push-bar.ts';
import type { Bars } from '#core/market/bars.ts';
import type { BotId, OrgId, VersionId } from '#core/requests/ids.ts';
import type { AdvanceTask } from '#server/compute/bot/bot-runners.ts';
import {
  barsAhead,
  idsOf,
  readCheckpoint,
  withFeeds,
  type BotProgram,
  type Position,
} from '#server/compute/bot/checkpoint.ts';
import { withBars } from '#server/compute/bot/seen-bars.ts';
import type { AskFormulas } from '#server/compute/formula-threads.ts';
import type { OutcomeOf } from '#server/compute/protocol.ts';
import type { Database, Tx } from '#server/db/database.ts';
import { findCheckpoint, findDueBot, lockBot, storeProgress } from '#server/db/queries/bots.ts';
import { lockMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { replayBot as replayBotJob, tickBot as tickBotJob } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import { act, type Unit, type WideUnit } from '../act/act.ts';
import { read } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { byBot } from '../context.ts';
import { areFeedsKnown, learnFeeds, listFeeds, loadGiven, termsOf, writtenOut } from './program.ts';
import { halt, record, type Ready, type Tried } from './record-tick.ts';

/**
 * What is run while a bar is due: so many bars, and so many bars times characters of the formula, a tenth of a second.
 * More is a run like any other.
 */
const MOST_AHEAD = 10_000;
const MOST_WORK_AHEAD = 300_000_000;

const OWN_BAR = freely('a bot takes its own bars; starting it took the permission');

export interface Tick {
  readonly orgId: OrgId;
  readonly botId: BotId;
  readonly step: number;
}

export interface TickTools {
  load(tx: Tx, market: MarketRow): Promise<Bars>;
  readonly formulas: AskFormulas;
  advance(task: AdvanceTask): Promise<OutcomeOf<'advance'>>;
  /** Milliseconds for which a replay runs without a pause, and between two states that it stores. */
  readonly pieces?: { readonly run: number; readonly store: number };
}

const PIECES = { run: 2_000, store: 10_000 };

/**
 * Gives a running bot its next bar: read in one transaction, computed without one, and written in another, which does
 * nothing when the bot is not as it was. Signals, position and the job of the bar after are written together, so that a
 * killed worker neither loses nor repeats a signal. Returns in how many milliseconds the next tick is due; null when
 * there is none.
 */
export async function tickBot(db: Database, tick: Tick, tools: TickTools): Promise<number | null> {
  return untilMoved(() => tryTick(db, tick, tools));
}

/** Bars were corrected while the bar was computed: it begins again with the bars of now, so often. */
const MOST_TRIES = 5;

async function untilMoved(attempt: () => Promise<Tried>): Promise<number | null> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const tried = await attempt();
    if (tried !== 'overtaken') return tried;
  }
  throw new Error('the bars of a bot were corrected again and again while its next bar was computed');
}

async function tryTick(db: Database, tick: Tick, tools: TickTools): Promise<Tried> {
  const { orgId, botId } = tick;
  const bot = byBot(db, tick);
  const ready = await begin(db, tick, tools);
  if (!ready) return null;
  const warm = await tools.advance({ ...ready.task, origin: null });
  if (warm.type !== 'cold') return act(bot, OWN_BAR, (unit) => record(unit, ready, warm));
  const origin = await read(bot, OWN_BAR, (tx) => findOrigin(tx, ready));
  if (!origin) return null;
  const ahead = barsAhead(origin.checkpoint, ready.task.position);
  if (ahead > MOST_AHEAD || ahead * writtenOut(origin.program) > MOST_WORK_AHEAD) {
    // A bot that was paused and started since has another key: its new replay does not wait for the one that is being
    // stopped. Corrections leave the key as it is: the replay that waits is on the bars of now, and the one that is
    // under way begins again.
    const key = `replay ${botId} ${ready.bot.updatedAt.getTime()}`;
    const next = prepareJob(replayBotJob, tick, { flags: flagsOf(orgId, true), key });
    await act(bot, OWN_BAR, async ({ happened }) => happened('bot.advanced', { next }));
    return null;
  }
  const outcome = await tools.advance({ ...ready.task, origin });
  return act(bot, OWN_BAR, (unit) => record(unit, ready, outcome));
}

/**
 * The same for a bot that has many bars to run before its next one. What it has come to is stored from time to time:
 * whoever takes it up goes on from there. `isPatient`: the bar counts though bars are corrected meanwhile, as it would
 * have without them; its next bar is run on those of then.
 */
export async function replayBot(
  db: Database,
  tick: Tick,
  tools: TickTools,
  { isPatient = false }: { readonly isPatient?: boolean } = {},
): Promise<Tried> {
  const bot = byBot(db, tick);
  const ready = await begin(db, tick, tools);
  let origin = ready && (await read(bot, OWN_BAR, (tx) => findOrigin(tx, ready)));
  const { run, store } = tools.pieces ?? PIECES;
  for (let stored = performance.now(); ready && origin;) {
    const outcome = await tools.advance({ ...ready.task, origin, save: true, pauseAfter: run });
    if (outcome.type !== 'paused') return act(bot, OWN_BAR, (unit) => record(unit, ready, outcome, isPatient));
    origin = { ...origin, checkpoint: outcome.checkpoint };
    // Of bars that may have been corrected: nobody would go on from there.
    if (isPatient || performance.now() - stored < store) continue;
    await act(bot, OWN_BAR, async ({ tx, nothingHappened }) => {
      nothingHappened();
      await storeProgress(tx, ready.bot, outcome.checkpoint);
    });
    stored = performance.now();
  }
  return null;
}

/** Whether a running bot still has this tick before it. */
export const isDue = (db: Database, tick: Tick): Promise<boolean> =>
  read(byBot(db, tick), OWN_BAR, async (tx) => (await findDueBot(tx, tick.orgId, tick.botId, tick.step)) !== null);

/**
 * Null when there is nothing to do: the tick was done already, the bot does not run, it waits for bars, or what it runs
 * on is gone.
 */
async function begin(db: Database, tick: Tick, tools: TickTools): Promise<Ready | null> {
  const bot = byBot(db, tick);
  let ready = await read(bot, OWN_BAR, (tx) => readTick(tx, tick, tools));
  if (typeof ready === 'string') {
    // Not in a transaction: whoever reads it may wait for its turn.
    await learnFeeds({ ...bot, formulas: tools.formulas }, [ready]);
    ready = await read(bot, OWN_BAR, (tx) => readTick(tx, tick, tools));
  }
  if (ready === null || typeof ready === 'string') return null;
  if (ready.task.position.next < ready.task.bars.own.length) return ready;
  return act(bot, OWN_BAR, (unit) => waitForBars(unit, ready));
}

/**
 * A bot that has taken all bars waits for more: whoever appends them adds its job. Those that came since it looked it
 * takes at once.
 */
async function waitForBars({ tx, happened, nothingHappened }: Unit, { bot, task }: Ready): Promise<null> {
  // Behind an append that has not ended, and before one that has not begun.
  const market = await lockMarket(tx, bot.orgId, bot.marketId, 'share');
  const { step } = task.position;
  if (market && market.barCount > task.position.next)
    happened('bot.advanced', {
      next: prepareJob(tickBotJob, { orgId: bot.orgId, botId: bot.id, step }, { flags: flagsOf(bot.orgId, false) }),
    });
  else nothingHappened();
  return null;
}

/** The id of the bot's version, while it is not known what the version reads as feeds. */
async function readTick(tx: Tx, { orgId, botId, step }: Tick, { load }: TickTools): Promise<Ready | VersionId | null> {
  const due = await findDueBot(tx, orgId, botId, step);
  if (!due || due.bot.nextBar === null) return null;
  const { bot, market } = due;
  if (!areFeedsKnown(bot.versionId)) return bot.versionId;
  const feeds = await listFeeds(tx, bot.versionId, market);
  const bars: GivenBars = await loadGiven({ own: market, feeds }, (wanted) => load(tx, wanted));
  const position: Position = { next: due.bot.nextBar, step };
  const key = JSON.stringify([
    bot.versionId,
    termsOf(bot),
    [market, ...feeds].map(({ id, corrected }) => [id, corrected]),
  ]);
  return { ...due, feeds, task: { botId, key, position, bars, save: false } };
}

/** What a new runner of the bot is made of; null when its version is gone. */
async function findOrigin(tx: Tx, { bot, market, feeds, task }: Ready) {
  const version = await findVersion(tx, bot.orgId, bot.versionId);
  if (!version) return null;
  const named = ({ symbol, timeframe }: MarketRow) => ({ symbol, timeframe });
  const program: BotProgram = {
    json: version.json,
    ...termsOf(bot),
    own: named(market),
    feeds: feeds.map((feed) => ({ ...named(feed), id: feed.id })),
  };
  const checkpoint = readCheckpoint(await findCheckpoint(tx, bot.orgId, bot.id));
  const areAsEver = [market, ...feeds].every(({ corrected }) => corrected === 0);
  return { program, checkpoint: withBars(withFeeds(checkpoint, idsOf(program)), task.bars, areAsEver) };
}

/** Halts a bot whose tick was tried again and again and did not come to an end: a bot that stands still says so. */
export async function giveUpTick(wide: WideUnit, { orgId, botId, step }: Tick, attempts: number): Promise<void> {
  const unit = wide.as({ kind: 'bot', orgId, botId });
  const bot = await lockBot(unit.tx, orgId, botId);
  if (bot?.status !== 'running' || bot.step !== step) return unit.nothingHappened();
  await halt(
    unit,
    bot,
    `Its next bar was tried ${attempts} times and did not come to an end. That is our fault, and it is logged.`,
  );
}
