import { indexFrom } from '#core/market/index-from.ts';
import { unionOf } from '#core/market/times.ts';
import type { BotId, MarketId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { findTimeOfBar, listChunks } from '#server/db/queries/bar-chunks.ts';
import { listBegunVersions, listWaiting, lockBotsOn, overtakeBot } from '#server/db/queries/bots-on-market.ts';
import type { Corrected } from '#server/db/queries/corrections.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { announceCancel } from '#server/queue/cancellations.ts';
import { tickBot } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { prepareJob, type PreparedJob } from '#server/queue/prepare-job.ts';
import type { Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import { learnFeeds, listFeeds, readersOf } from '../bot/program.ts';
import type { Reader } from '../context.ts';

interface Due {
  readonly orgId: OrgId;
  readonly id: BotId;
  readonly step: number;
}

const tickOf = ({ orgId, id, step }: Due, key?: string): PreparedJob =>
  prepareJob(tickBot, { orgId, botId: id, step }, { flags: flagsOf(orgId, false), ...(key ? { key } : {}) });

const NONE = new Float64Array(0);

/**
 * Jobs for bots that have taken all of a market's first `count` bars and waited for more. In the transaction that
 * appends, with the market locked.
 */
export const wakeBots = async (tx: Tx, market: MarketRow, count: number): Promise<PreparedJob[]> =>
  (await listWaiting(tx, market, count)).map((bot) => tickOf(bot));

/**
 * Before bars of a market are changed, and before anything is locked: which bots read the market as a feed is found out
 * in the thread of formulas.
 */
export async function learnReaders(caller: Reader, marketId: MarketId): Promise<void> {
  const { orgId } = caller.principal;
  await learnFeeds(caller, await read(caller, 'market.manage', (tx) => listBegunVersions(tx, orgId, marketId)));
}

/**
 * Before bars are corrected: bots on the market stay before the bar that was their next one, though bars come to stand
 * before it, and those that have seen one of the bars say so; what they compute on the bars as they were ends. Gives
 * jobs for those that run, since a bar that one is taking now is not written any more.
 */
export async function overtakeBots(
  unit: Unit,
  market: MarketRow,
  { changed, added, removed = NONE }: Corrected & { readonly removed?: Float64Array },
): Promise<PreparedJob[]> {
  const { tx, now, happened } = unit;
  const versionIds = await listBegunVersions(tx, market.orgId, market.id);
  const bots = await lockBotsOn(tx, market, readersOf(market.symbol, versionIds));
  if (bots.length === 0) return [];
  const all = unionOf(unionOf(changed, added), removed);
  const jobs: PreparedJob[] = [];
  // Market by market: of one at a time it is known in which rows its bars stand.
  const groups = Map.groupBy(bots, ({ marketId }) => marketId);
  for (const [marketId, ofMarket] of groups) {
    const own = marketId === market.id ? market : await findMarket(tx, market.orgId, marketId);
    if (!own) continue;
    const places = await listChunks(tx, own, {});
    for (const bot of ofMarket) {
      if (bot.nextBar === null) continue;
      // The market may be no feed of the bot: another one of its symbol has shorter bars.
      if (!bot.isOwn && !(await listFeeds(tx, bot.versionId, own)).some(({ id }) => id === market.id)) continue;
      // Bars before this time are those that the bot has seen.
      const until = (await findTimeOfBar(tx, own, places, bot.nextBar)) ?? Number.POSITIVE_INFINITY;
      const shift = bot.isOwn ? indexFrom(added, until) - indexFrom(removed, until) : 0;
      const seen = indexFrom(all, until);
      if (seen > 0) {
        const notice = noticeOf(seen, market, now, removed.length > 0 ? 'removed' : 'corrected');
        await overtakeBot(tx, bot, { nextBar: bot.nextBar + shift, notice });
        await announceCancel(tx, bot.id);
        happened('bot.overtaken', { botId: bot.id, status: bot.status, notice });
      }
      if (bot.status === 'running') jobs.push(tickOf(bot, `again ${bot.id} ${bot.step}`));
    }
  }
  return jobs;
}

const noticeOf = (bars: number, { symbol, timeframe }: MarketRow, now: Date, what: 'corrected' | 'removed'): string =>
  `${bars.toLocaleString('en')} ${bars === 1 ? 'bar' : 'bars'} of ${symbol} ${timeframe} that it had seen ${bars === 1 ? 'was' : 'were'} ${what} on ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC. It runs all of its bars again before its next one; the signals that it gave before stay as they are.`;
