import type { AdvanceTask, BotAccount, SaidSignal } from '#server/compute/bot/bot-runners.ts';
import type { OutcomeOf } from '#server/compute/protocol.ts';
import { switchVersion, type BotRow } from '#server/db/queries/bots.ts';
import type { MarketRow } from '#server/db/queries/markets.ts';
import type { Unit } from '../act/act.ts';

/** A bot behind the bar that it has just taken. */
interface Behind {
  readonly bot: BotRow;
  readonly market: Pick<MarketRow, 'symbol'>;
  readonly versionNumber: number;
  readonly task: Pick<AdvanceTask, 'position' | 'bars'>;
}

type Finished = Extract<OutcomeOf<'advance'>, { readonly type: 'finished' }>;

/** Whether a bot goes over to another version behind this bar. */
export const upgradeOf = (bot: Pick<BotRow, 'nextVersionId' | 'upgrade'>, { account }: Pick<Finished, 'account'>) =>
  bot.nextVersionId !== null && isTime(bot.upgrade, account);

/**
 * A bot that waits to be flat has neither a position nor an order that would make one. A bot that goes over at once has
 * no order under way: what was said to its followers has become a position, which is closed.
 */
const isTime = (upgrade: BotRow['upgrade'], { position, hasOrders }: BotAccount): boolean =>
  !hasOrders && (upgrade === 'now' || position === 0);

/**
 * Puts the other version in place of the bot's own, behind the bar that was just taken. The new version begins flat
 * with the money that is there at the close; its indicators are made of all bars before. Gives the signal that closes
 * what the old version held; null when that was nothing, or when the bot stays after all.
 */
export async function goOver(
  { tx, happened, now }: Unit,
  { bot, market, versionNumber, task }: Behind,
  { account }: Pick<Finished, 'account'>,
): Promise<SaidSignal | null> {
  const { next } = task.position;
  const time = task.bars.own.time[next] ?? 0;
  const to = await switchVersion(tx, bot, { tradesAfter: time, carriedCash: account.equity });
  if (!to) return null;
  happened('bot.upgraded', {
    botId: bot.id,
    status: 'running',
    name: bot.name,
    version: [versionNumber, to.number],
    formulaId: bot.formulaId,
    userId: bot.createdBy,
    at: now.getTime(),
  });
  if (account.position === 0) return null;
  return {
    bar: next,
    time,
    node: 'upgrade',
    kind: account.position > 0 ? 'sell' : 'cover',
    price: task.bars.own.close[next] ?? Number.NaN,
    note: `Closed: version ${to.number} takes over on ${market.symbol}`,
    reason: null,
  };
}
