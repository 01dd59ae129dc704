import type { Settings } from '#core/engine/outcome/settings.ts';
import type { BotId, MarketId, OrgId, VersionId } from '#core/requests/ids.ts';
import { firstPosition } from '#server/compute/bot/checkpoint.ts';
import type { BotSize } from '#server/compute/formula/formula-tasks.ts';
import type { Tx } from '#server/db/database.ts';
import {
  deleteBot,
  findBot,
  findBotSummary,
  insertBot,
  listBots as select,
  lockBot,
  updateBot,
  type BotRow,
} from '#server/db/queries/bots.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { findMarket, listFeedMarkets } from '#server/db/queries/markets.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { userOf } from '#server/policies/principal.ts';
import { announceCancel } from '#server/queue/cancellations.ts';
import { tickBot } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Caller, Reader } from '../context.ts';
import { requireApproved } from '../policy/judge-version.ts';
import { findEntitlements, requireFeature, requireQuota } from '../quota.ts';
import { findProgram } from './program.ts';

type Summary = NonNullable<Awaited<ReturnType<typeof findBotSummary>>>;

const present = ({ createdAt, lastSignalAt, ...row }: Summary) => ({
  ...row,
  createdAt: createdAt.getTime(),
  lastSignalAt: lastSignalAt?.getTime() ?? null,
});

export function listBots(caller: Caller, page: Page) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => (await select(tx, orgId, page)).map(present));
}

export function getBot(caller: Caller, { id }: { readonly id: BotId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const row = await findBotSummary(tx, orgId, id);
    if (!row) throw noBot();
    return present(row);
  });
}

export interface NewBot {
  readonly name: string;
  readonly versionId: VersionId;
  readonly marketId: MarketId;
  readonly settings: Settings;
}

/**
 * Makes a paper bot, which waits to be started. A version that can't run is refused now rather than at its first bar.
 */
export async function createBot(
  caller: Reader,
  { name, versionId, marketId, settings }: NewBot,
): Promise<{ id: BotId }> {
  const { orgId } = caller.principal;
  const { formulaId, program } = await read(caller, 'bot.manage', async (tx) => {
    const version = await findVersion(tx, orgId, versionId);
    if (!version) throw new AppError('NOT_FOUND', 'There is no such version.');
    const market = await findMarket(tx, orgId, marketId);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    const feeds = await listFeedMarkets(tx, market, version.json);
    return { formulaId: version.formulaId, program: { json: version.json, settings, own: market, feeds } };
  });
  const size = await caller.formulas(orgId, 'bot', program);
  return act(caller, 'bot.manage', async ({ tx, principal, happened }) => {
    // Versions stay; a market may be gone by now.
    if (!(await findMarket(tx, orgId, marketId))) throw new AppError('NOT_FOUND', 'There is no such market.');
    await requireSmall(tx, orgId, size);
    await requireQuota(tx, orgId, 'bots');
    const id = await insertBot(tx, {
      orgId,
      name,
      formulaId,
      versionId,
      marketId,
      mode: 'paper',
      settings,
      createdBy: userOf(principal),
    });
    happened('bot.created', { botId: id, name });
    return { id };
  });
}

/** Starts a bot, or lets a paused one go on from the bar where it was. */
export async function startBot(caller: Reader, input: { readonly id: BotId }): Promise<void> {
  const { orgId } = caller.principal;
  const program = await read(caller, 'bot.manage', async (tx) => {
    const bot = await findBot(tx, orgId, input.id);
    if (!bot) throw noBot();
    requireStartable(bot);
    return findProgram(tx, bot);
  });
  if (!program) throw new AppError('NOT_FOUND', 'What the bot runs on is gone.');
  // Of a bot nothing of this changes any more.
  const size = await caller.formulas(orgId, 'bot', program);
  await change(caller, input.id, async ({ tx, happened }, bot) => {
    requireStartable(bot);
    if (bot.mode === 'live') await requireFeature(tx, bot.orgId, 'liveMode');
    const version = bot.mode === 'live' ? await findVersion(tx, bot.orgId, bot.versionId) : null;
    if (version) await requireApproved(tx, bot.orgId, version);
    await requireSmall(tx, bot.orgId, size);
    const { next, step } =
      bot.nextBar === null ? firstPosition(size, program.own.barCount) : { next: bot.nextBar, step: bot.step };
    await requireQuota(tx, bot.orgId, 'runningBots');
    await updateBot(tx, bot.orgId, bot.id, { status: 'running', nextBar: next, step, failure: null });
    const tick = { orgId: bot.orgId, botId: bot.id, step };
    happened('bot.started', {
      botId: bot.id,
      before: bot.status,
      tick: prepareJob(tickBot, tick, { flags: flagsOf(bot.orgId, false) }),
    });
  });
}

function requireStartable({ status, failure, frozenAt }: BotRow): void {
  if (frozenAt)
    throw new AppError(
      'PLAN_LIMIT',
      'The bot is frozen: the plan allows fewer bots than there are. An owner chooses in Settings, Plan and billing, which ones stay, or takes a larger plan.',
    );
  if (status === 'running') throw new AppError('CONFLICT', 'The bot runs already.');
  if (status === 'halted')
    throw new AppError('CONFLICT', `The bot was halted: ${failure ?? ''} Make a new one to run again.`);
}

export function pauseBot(caller: Caller, input: { readonly id: BotId }): Promise<void> {
  return change(caller, input.id, async ({ tx, happened }, bot) => {
    if (bot.status !== 'running') throw new AppError('CONFLICT', 'The bot does not run.');
    await updateBot(tx, bot.orgId, bot.id, { status: 'paused' });
    await announceCancel(tx, bot.id);
    happened('bot.paused', { botId: bot.id, before: bot.status });
  });
}

/** Removes a bot with all its signals. */
export function removeBot(caller: Caller, input: { readonly id: BotId }): Promise<void> {
  return change(caller, input.id, async ({ tx, happened }, bot) => {
    await deleteBot(tx, bot.orgId, bot.id);
    await announceCancel(tx, bot.id);
    happened('bot.removed', { botId: bot.id, before: bot.status });
  });
}

/** One act on one bot. */
function change(caller: Caller, id: BotId, work: (unit: Unit, bot: BotRow) => Promise<void>): Promise<void> {
  return act(caller, 'bot.manage', async (unit) => {
    const bot = await lockBot(unit.tx, unit.principal.orgId, id);
    if (!bot) throw noBot();
    await work(unit, bot);
  });
}

/** A bot's state is stored at each bar. Throws PLAN_LIMIT when it would be larger than the plan allows. */
export async function requireSmall(tx: Tx, orgId: OrgId, { remembered }: BotSize): Promise<void> {
  const { botMemory: most } = await findEntitlements(tx, orgId);
  if (remembered > most)
    throw new AppError(
      'PLAN_LIMIT',
      `The indicators look back over ${remembered.toLocaleString('en')} bars together, and your plan lets a bot keep ${most.toLocaleString('en')}: use shorter windows, or fewer of them.`,
      { remembered, most },
    );
}

const noBot = () => new AppError('NOT_FOUND', 'There is no such bot.');
