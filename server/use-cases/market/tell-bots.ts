import { indexFrom } from '#core/market/index-from.ts';
import type { AskFormulas } from '#server/compute/formula-threads.ts';
import type { Tx } from '#server/db/database.ts';
import { loadTimes } from '#server/db/queries/bar-chunks.ts';
import { listWaiting, lockBotsOn, updateBot } from '#server/db/queries/bots.ts';
import type { Corrected } from '#server/db/queries/corrections.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { tickBot } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { prepareJob, type PreparedJob } from '#server/queue/prepare-job.ts';
import type { Unit } from '../act/act.ts';
import { listFeeds } from '../bot/program.ts';

const tickOf = ({
  orgId,
  id,
  step,
}: {
  readonly orgId: string;
  readonly id: string;
  readonly step: number;
}): PreparedJob => prepareJob(tickBot, { orgId, botId: id, step }, { flags: flagsOf(orgId, false) });

/**
 * Jobs for bots that have taken all of a market's first `count` bars and waited for more. In the transaction that
 * appends, with the market locked.
 */
export const wakeBots = async (tx: Tx, market: MarketRow, count: number): Promise<PreparedJob[]> =>
  (await listWaiting(tx, market, count)).map(tickOf);

/**
 * Before bars are corrected: bots on the market stay before the bar that was their next one, though bars come to stand
 * before it, and those that have seen one of the bars say so. Gives jobs for those that run, since a bar that one is
 * taking now is not written any more.
 */
export async function overtakeBots(
  unit: Unit,
  market: MarketRow,
  { changed, added }: Corrected,
  formulas: AskFormulas,
): Promise<PreparedJob[]> {
  const { tx, now, happened } = unit;
  const bots = await lockBotsOn(tx, market);
  const times = new Map<string, Float64Array>();
  const timesOf = async (own: MarketRow): Promise<Float64Array> => {
    const known = times.get(own.id) ?? (await loadTimes(tx, own));
    times.set(own.id, known);
    return known;
  };
  const all = [...changed, ...added].sort((a, b) => a - b);
  const jobs: PreparedJob[] = [];
  for (const bot of bots) {
    const own = bot.isOwn ? market : await findMarket(tx, bot.orgId, bot.marketId);
    if (bot.nextBar === null || !own) continue;
    // Its version names the symbol, which may be no feed, or one that is read from shorter bars.
    if (!bot.isOwn && !(await listFeeds(tx, formulas, bot.versionId, own)).some(({ id }) => id === market.id)) continue;
    // Bars before this time are those that the bot has seen.
    const until = (await timesOf(own))[bot.nextBar] ?? Number.POSITIVE_INFINITY;
    const shift = bot.isOwn ? indexFrom(added, until) : 0;
    const seen = indexFrom(all, until);
    if (seen > 0) {
      const notice = noticeOf(seen, market, now);
      await updateBot(tx, bot.orgId, bot.id, { nextBar: bot.nextBar + shift, notice });
      happened('bot.overtaken', { botId: bot.id, status: bot.status, notice });
    }
    if (bot.status === 'running') jobs.push(tickOf(bot));
  }
  return jobs;
}

const noticeOf = (bars: number, { symbol, timeframe }: MarketRow, now: Date): string =>
  `${bars.toLocaleString('en')} ${bars === 1 ? 'bar' : 'bars'} of ${symbol} ${timeframe} that it had seen ${bars === 1 ? 'was' : 'were'} corrected on ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC. It runs all of its bars again before its next one; the signals that it gave before stay as they are.`;
