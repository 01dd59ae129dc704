import { listSeries } from '#server/db/queries/markets.ts';
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
