import type { Settings } from '#core/engine/outcome/settings.ts';
import type { Bars } from '#core/market/bars.ts';
import type { Tx } from '#server/db/database.ts';
import { findMarket, listFeedMarkets } from '#server/db/queries/markets.ts';
import { findSnapshot } from '#server/db/queries/versions.ts';
import { cutBars, type BarCache } from './bar-cache.ts';
import type { Subject } from './protocol.ts';

interface Asked {
  readonly orgId: string;
  readonly versionId: string;
  readonly marketId: string;
  readonly fromTime: number | null;
  readonly toTime: number | null;
  readonly settings: Settings;
}

/** The version and the bars that somebody asked to compute on; null when they are gone. */
export async function loadSubject(
  tx: Tx,
  cache: BarCache,
  { orgId, versionId, marketId, fromTime, toTime, settings }: Asked,
): Promise<Subject | null> {
  const version = await findSnapshot(tx, orgId, versionId);
  const market = await findMarket(tx, orgId, marketId);
  if (!version || !market) return null;
  const bars = cutBars(await cache.load(tx, market), fromTime, toTime);
  const feeds = new Map<string, Bars>();
  for (const other of await listFeedMarkets(tx, market, version.json))
    feeds.set(other.symbol, await cache.load(tx, other));
  return { formula: version.json, bars, feeds, settings };
}
