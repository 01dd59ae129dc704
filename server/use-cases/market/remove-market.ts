import { withOrg } from '#server/db/database.ts';
import { countUses, deleteMarket, findMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';

/** Removes a market and its bars, unless a backtest, a sweep or a bot stands on them. */
export function removeMarket(caller: Caller, input: { readonly id: string }): Promise<void> {
  const { db, actor } = caller;
  requirePermission(actor, 'market.manage');
  return withOrg(db, actor.orgId, async (tx) => {
    const market = await findMarket(tx, actor.orgId, input.id);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    const { backtests, sweeps, bots } = await countUses(tx, input.id);
    if (backtests + sweeps + bots > 0) {
      throw new AppError(
        'CONFLICT',
        `${market.symbol} ${market.timeframe} is in use: ${backtests} backtests, ${sweeps} sweeps and ${bots} bots stand on it.`,
      );
    }
    await deleteMarket(tx, actor.orgId, input.id);
    await recordAct(tx, caller, {
      action: 'market.removed',
      entity: 'market',
      entityId: input.id,
      difference: { symbol: [market.symbol, null] },
    });
    await appendEvent(tx, actor.orgId, { kind: 'market.changed', payload: { marketId: input.id } });
  });
}
