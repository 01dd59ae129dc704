import type { Settings } from '#core/engine/outcome/settings.ts';
import type { Plan } from '#core/engine/plan/plan.ts';
import { rememberedBars } from '#core/engine/stream/runner.ts';
import { firstPosition, planOf } from '#server/compute/bot/checkpoint.ts';
import { withOrg, type Tx } from '#server/db/database.ts';
import {
  deleteBot,
  findBotSummary,
  insertBot,
  listBots as select,
  lockBot,
  updateBot,
  type BotRow,
} from '#server/db/queries/bots.ts';
import { findMarket, listFeedMarkets } from '#server/db/queries/markets.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { addJob } from '#server/queue/add-job.ts';
import { announceCancel } from '#server/queue/cancellations.ts';
import { tickBot } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { findEntitlements, requireQuota } from '../quota.ts';
import { findProgram } from './program.ts';

type Summary = NonNullable<Awaited<ReturnType<typeof findBotSummary>>>;

const present = ({ createdAt, lastSignalAt, ...row }: Summary) => ({
  ...row,
  createdAt: createdAt.getTime(),
  lastSignalAt: lastSignalAt?.getTime() ?? null,
});

export function listBots({ db, actor }: Caller) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => (await select(tx, actor.orgId)).map(present));
}

export function getBot({ db, actor }: Caller, { id }: { readonly id: string }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await findBotSummary(tx, actor.orgId, id);
    if (!row) throw noBot();
    return present(row);
  });
}

export interface NewBot {
  readonly name: string;
  readonly versionId: string;
  readonly marketId: string;
  readonly settings: Settings;
}

/** Makes a paper bot, which waits to be started. A version that can't run is refused now rather than at its first bar. */
export function createBot(caller: Caller, { name, versionId, marketId, settings }: NewBot): Promise<{ id: string }> {
  const { db, actor } = caller;
  requirePermission(actor, 'bot.manage');
  return withOrg(db, actor.orgId, async (tx) => {
    const version = await findVersion(tx, actor.orgId, versionId);
    if (!version) throw new AppError('NOT_FOUND', 'There is no such version.');
    const market = await findMarket(tx, actor.orgId, marketId);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    await requireSmall(
      tx,
      actor.orgId,
      planOf({ json: version.json, settings, own: market, feeds: await listFeedMarkets(tx, market, version.json) }),
    );
    await requireQuota(tx, actor.orgId, 'bots');
    const id = await insertBot(tx, {
      orgId: actor.orgId,
      name,
      formulaId: version.formulaId,
      versionId,
      marketId,
      mode: 'paper',
      settings,
      createdBy: actor.userId,
    });
    await recordAct(tx, caller, {
      action: 'bot.created',
      entity: 'bot',
      entityId: id,
      difference: { name: [null, name] },
    });
    await appendEvent(tx, actor.orgId, { kind: 'bot.changed', payload: { botId: id, status: 'draft' } });
    return { id };
  });
}

/** Starts a bot, or lets a paused one go on from the bar where it was. */
export function startBot(caller: Caller, input: { readonly id: string }): Promise<void> {
  return change(caller, input.id, 'bot.started', 'running', async (tx, bot) => {
    if (bot.status === 'running') throw new AppError('CONFLICT', 'The bot runs already.');
    if (bot.status === 'halted')
      throw new AppError('CONFLICT', `The bot was halted: ${bot.failure ?? ''} Make a new one to run again.`);
    const program = await findProgram(tx, bot);
    if (!program) throw new AppError('NOT_FOUND', 'What the bot runs on is gone.');
    const plan = planOf(program);
    await requireSmall(tx, bot.orgId, plan);
    const { next, step } =
      bot.nextBar === null ? firstPosition(plan, program.own.barCount) : { next: bot.nextBar, step: bot.step };
    await requireQuota(tx, bot.orgId, 'runningBots');
    await updateBot(tx, bot.orgId, bot.id, { status: 'running', nextBar: next, step, failure: null });
    await addJob(tx, tickBot, { orgId: bot.orgId, botId: bot.id, step }, { flags: flagsOf(bot.orgId, false) });
  });
}

export function pauseBot(caller: Caller, input: { readonly id: string }): Promise<void> {
  return change(caller, input.id, 'bot.paused', 'paused', async (tx, bot) => {
    if (bot.status !== 'running') throw new AppError('CONFLICT', 'The bot does not run.');
    await updateBot(tx, bot.orgId, bot.id, { status: 'paused' });
    await announceCancel(tx, bot.id);
  });
}

/** Removes a bot with all its signals. */
export function removeBot(caller: Caller, input: { readonly id: string }): Promise<void> {
  return change(caller, input.id, 'bot.removed', 'removed', async (tx, bot) => {
    await deleteBot(tx, bot.orgId, bot.id);
    await announceCancel(tx, bot.id);
  });
}

/** One act on one bot, in one transaction with its record and its event. */
function change(
  caller: Caller,
  id: string,
  action: string,
  status: 'running' | 'paused' | 'removed',
  work: (tx: Tx, bot: BotRow) => Promise<void>,
): Promise<void> {
  const { db, actor } = caller;
  requirePermission(actor, 'bot.manage');
  return withOrg(db, actor.orgId, async (tx) => {
    const bot = await lockBot(tx, actor.orgId, id);
    if (!bot) throw noBot();
    await work(tx, bot);
    await recordAct(tx, caller, { action, entity: 'bot', entityId: id, difference: { status: [bot.status, status] } });
    await appendEvent(tx, actor.orgId, { kind: 'bot.changed', payload: { botId: id, status } });
  });
}

/** A bot's state is stored at each bar. Throws PLAN_LIMIT when it would be larger than the plan allows. */
async function requireSmall(tx: Tx, orgId: string, plan: Plan): Promise<void> {
  const [remembered, { botMemory: most }] = [rememberedBars(plan), await findEntitlements(tx, orgId)];
  if (remembered > most)
    throw new AppError(
      'PLAN_LIMIT',
      `The indicators look back over ${remembered.toLocaleString('en')} bars together, and your plan lets a bot keep ${most.toLocaleString('en')}: use shorter windows, or fewer of them.`,
      { remembered, most },
    );
}

const noBot = () => new AppError('NOT_FOUND', 'There is no such bot.');
