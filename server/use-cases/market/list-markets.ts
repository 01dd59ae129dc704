import { withOrg } from '#server/db/database.ts';
import { listMarkets as select } from '#server/db/queries/markets.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

export function listMarkets({ db, actor }: Caller) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const rows = await select(tx, actor.orgId);
    return rows.map(({ id, symbol, name, timeframe, currency, barCount, firstTime, lastTime, hasVolume, source }) => ({
      id,
      symbol,
      name,
      timeframe,
      currency,
      barCount,
      firstTime,
      lastTime,
      hasVolume,
      source,
    }));
  });
}
