import type { MarketId } from '#core/requests/ids.ts';
import { countUses, deleteMarket, findMarket, listSeries } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

export function listMarkets(caller: Caller) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const rows = await listSeries(tx, orgId);
    return rows.map(
      ({ id, timeframe, barCount, firstTime, lastTime, hasVolume, timesAre, source, revision, instrument }) => {
        const { symbol, name, currency, kind, venue, tick, lot, timeZone, session } = instrument;
        return {
          id,
          symbol,
          name,
          timeframe,
          currency,
          barCount,
          firstTime,
          lastTime,
          hasVolume,
          timesAre,
          source,
          revision,
          instrument: { kind, venue, tick, lot, timeZone, session },
        };
      },
    );
  });
}

/** Removes a market and its bars, unless a backtest, a sweep or a bot stands on them. */
export function removeMarket(caller: Caller, input: { readonly id: MarketId }): Promise<void> {
  return act(caller, 'market.manage', async ({ tx, principal: { orgId }, happened }) => {
    const market = await findMarket(tx, orgId, input.id);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    const { backtests, sweeps, bots } = await countUses(tx, input.id);
    if (backtests + sweeps + bots > 0) {
      throw new AppError(
        'CONFLICT',
        `${market.symbol} ${market.timeframe} is in use: ${backtests} backtests, ${sweeps} sweeps and ${bots} bots stand on it.`,
      );
    }
    await deleteMarket(tx, market);
    happened('market.removed', { marketId: input.id, symbol: market.symbol });
  });
}
