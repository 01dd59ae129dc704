import type { MarketId, OrgId } from '#core/requests/ids.ts';
import { packBars } from '#server/db/bar-chunk.ts';
import { withOrg, type Database } from '#server/db/database.ts';
import { insertBarChunks } from '#server/db/queries/bar-chunks.ts';
import { insertMarket } from '#server/db/queries/markets.ts';

/** A market of so many bars of a minute, for bots that have much to look back over; its id. */
export const addLongMarket = (db: Database, orgId: OrgId, bars: number): Promise<MarketId> =>
  withOrg(db, orgId, async (tx) => {
    const close = Float64Array.from({ length: bars }, (_, bar) => 100 + (bar % 13));
    const time = close.map((_, bar) => bar * 60_000);
    const id = await insertMarket(tx, {
      orgId,
      symbol: 'LONG',
      name: 'Long',
      timeframe: '1m',
      currency: 'USD',
      source: 'test',
      barCount: bars,
      firstTime: 0,
      lastTime: time[bars - 1] ?? 0,
    });
    if (id === null) throw new Error('a market of this symbol is new');
    const columns = { time, open: close, high: close, low: close, close, volume: close };
    await insertBarChunks(tx, orgId, id, packBars(columns, bars));
    return id;
  });
