import { randomOf } from '#core/engine/chance/random.ts';
import type { Bars, Timeframe } from '#core/market/bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import type { MarketId, OrgId } from '#core/requests/ids.ts';
import { packBars } from '#server/db/bar-chunk.ts';
import { withOrg, type Database } from '#server/db/database.ts';
import { insertBarChunks } from '#server/db/queries/bar-chunks.ts';
import { insertMarket } from '#server/db/queries/markets.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '#server/use-cases/act/act.ts';
import { NOWHERE } from '#server/use-cases/context.ts';
import { takeBars, type GivenBars, type Taken } from '#server/use-cases/market/take-bars.ts';

/** A random walk without holes, the same for the same seed. */
export function walk(symbol: string, timeframe: Timeframe, length: number, seed: number): Bars {
  const random = randomOf(seed);
  const column = (): Float64Array => new Float64Array(length);
  const bars = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let last = 100;
  for (let bar = 0; bar < length; bar += 1) {
    const close = last * (0.98 + 0.04 * random.next());
    bars.time[bar] = Date.UTC(2024, 0, 1) + bar * timeframeLength(timeframe);
    bars.open[bar] = last;
    bars.high[bar] = Math.max(last, close);
    bars.low[bar] = Math.min(last, close);
    bars.close[bar] = close;
    bars.volume[bar] = 1 + random.below(1000);
    last = close;
  }
  return { symbol, timeframe, length, ...bars };
}

/** Stores a market with these bars, without the use-cases. */
export const storeMarket = (db: Database, orgId: OrgId, bars: Bars): Promise<MarketId> =>
  withOrg(db, orgId, async (tx) => {
    const { symbol, timeframe, length, time } = bars;
    const id = await insertMarket(tx, {
      orgId,
      symbol,
      name: symbol,
      timeframe,
      currency: 'USD',
      source: 'test',
      barCount: length,
      firstTime: time[0] ?? 0,
      lastTime: time[length - 1] ?? 0,
    });
    if (id === null) throw new Error('there is such a market');
    await insertBarChunks(tx, orgId, id, packBars(bars, length));
    return id;
  });

/** Appends to a market, or corrects it, as the person. */
export const giveBars = (
  db: Database,
  principal: Person,
  given: Pick<GivenBars, 'marketId' | 'bars'> & Partial<GivenBars>,
): Promise<Taken> =>
  act({ db, now: new Date(), from: NOWHERE, principal }, 'market.manage', (unit) =>
    takeBars(unit, { hasVolume: true, correct: 'always', anyway: true, ...given }),
  );
