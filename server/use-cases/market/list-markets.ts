import { listMarkets as select } from '#server/db/queries/markets.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

export function listMarkets(caller: Caller) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const rows = await select(tx, orgId);
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
