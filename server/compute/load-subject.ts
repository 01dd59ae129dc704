import type { Settings } from '#core/engine/outcome/settings.ts';
import type { EstimateRequest } from '#core/engine/sweep/estimate.ts';
import { countTold } from '#core/market/bar-close.ts';
import type { Bars } from '#core/market/bars.ts';
import { indexFrom } from '#core/market/index-from.ts';
import { barEnd } from '#core/market/timeframe.ts';
import type { MarketId, OrgId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import type { MadeOn } from '#server/db/made-on.ts';
import { findMarket, listFeedMarkets } from '#server/db/queries/markets.ts';
import { findSnapshot } from '#server/db/queries/versions.ts';
import { type BarCache, sliceBars } from './bar-cache.ts';
import type { AskFormulas } from './formula-threads.ts';
import { hashOfBars } from './known-leaves.ts';
import type { Subject } from './protocol.ts';

interface Asked {
  readonly orgId: OrgId;
  readonly versionId: VersionId;
  readonly marketId: MarketId;
  readonly fromTime: number | null;
  readonly toTime: number | null;
  readonly settings: Settings;
}

/** What a run computes on, and which bars these are: those of one moment, whatever becomes of the markets meanwhile. */
export interface LoadedSubject {
  readonly subject: Subject;
  readonly madeOn: MadeOn;
  readonly contentHash: string;
  readonly dataHash: string;
  /** By `feedName`. */
  readonly feedHashes: Readonly<Record<string, string>>;
}

/** A feed in the question of a run. */
export const feedName = ({ symbol, timeframe }: Pick<Bars, 'symbol' | 'timeframe'>): string => `${symbol} ${timeframe}`;

/** The version and the bars that somebody asked to compute on; null when they are gone. */
export async function loadSubject(
  tx: Tx,
  cache: BarCache,
  { orgId, versionId, marketId, fromTime, toTime, settings }: Asked,
): Promise<LoadedSubject | null> {
  const version = await findSnapshot(tx, orgId, versionId);
  const market = await findMarket(tx, orgId, marketId);
  if (!version || !market) return null;
  const whole = await cache.load(tx, market);
  const start = fromTime === null ? 0 : indexFrom(whole.time, fromTime);
  const end = Math.max(start, toTime === null ? whole.length : indexFrom(whole.time, toTime + 1));
  const last = whole.time[end - 1] ?? market.lastTime;
  const feeds = new Map<string, Bars>();
  const feedHashes: Record<string, string> = {};
  const revisions: Record<string, number> = {};
  for (const other of await listFeedMarkets(tx, market, version.json)) {
    const feed = await cache.load(tx, other);
    // No feed is empty: one bar that nobody sees is as good as none.
    const seen = Math.max(1, countTold(feed, barEnd(last, market.timeframe)));
    feeds.set(other.symbol, sliceBars(feed, 0, seen));
    feedHashes[feedName(other)] = hashOfBars(feed, 0, seen);
    revisions[other.id] = feed.revision;
  }
  return {
    subject: { formula: version.json, bars: sliceBars(whole, start, end), feeds, settings },
    madeOn: { revision: whole.revision, feeds: revisions, first: whole.time[start] ?? last, last },
    contentHash: version.contentHash,
    dataHash: hashOfBars(whole, start, end),
    feedHashes,
  };
}

/** Memory that a run takes by its estimate, now that its bars are counted. */
export async function bytesOfRun(
  formulas: AskFormulas,
  owner: string,
  { formula, bars }: Subject,
  swept: Partial<Pick<EstimateRequest, 'axes' | 'candidates' | 'windows'>> = {},
): Promise<number> {
  const costs = { candidates: 1, ...swept, bars: bars.length };
  return (await formulas(owner, 'cost', { json: formula, costs })).bytes;
}
