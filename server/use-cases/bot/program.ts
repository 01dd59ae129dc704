import type { GivenBars } from '#core/engine/stream/push-bar.ts';
import type { Bars } from '#core/market/bars.ts';
import type { BotProgram } from '#server/compute/bot/checkpoint.ts';
import type { AskFormulas } from '#server/compute/formula-threads.ts';
import type { Tx } from '#server/db/database.ts';
import type { BotRow } from '#server/db/queries/bots.ts';
import { findMarket, listFeedMarkets, listMarketsOf, type MarketRow } from '#server/db/queries/markets.ts';
import { findVersion } from '#server/db/queries/versions.ts';

/** What a bot runs, with the markets' rows. */
export interface StoredProgram extends BotProgram {
  readonly own: MarketRow;
  readonly feeds: readonly MarketRow[];
}

/** Null when its version or its market is gone. */
export async function findProgram(
  tx: Tx,
  { orgId, versionId, marketId, settings }: BotRow,
): Promise<StoredProgram | null> {
  const version = await findVersion(tx, orgId, versionId);
  const own = await findMarket(tx, orgId, marketId);
  if (!version || !own) return null;
  return { json: version.json, settings, own, feeds: await listFeedMarkets(tx, own, version.json) };
}

/** The symbols that versions read as feeds: a bar of their bots need not read the formula. Versions never change. */
const symbolsOf = new Map<string, readonly string[]>();
const MOST_KNOWN = 10_000;

/** The other markets that a version reads. */
export async function listFeeds(
  tx: Tx,
  formulas: AskFormulas,
  versionId: string,
  own: MarketRow,
): Promise<readonly MarketRow[]> {
  const known = symbolsOf.get(versionId);
  if (known) return listMarketsOf(tx, own, known);
  const version = await findVersion(tx, own.orgId, versionId);
  if (!version) return [];
  const symbols = version.json.includes('"feed"') ? await formulas(own.orgId, 'feeds', { json: version.json }) : [];
  if (symbolsOf.size >= MOST_KNOWN) symbolsOf.clear();
  symbolsOf.set(versionId, symbols);
  return listMarketsOf(tx, own, symbols);
}

export async function loadGiven(
  { own, feeds }: Pick<StoredProgram, 'own' | 'feeds'>,
  load: (market: MarketRow) => Promise<Bars>,
): Promise<GivenBars> {
  const loaded: Bars[] = [];
  for (const feed of feeds) loaded.push(await load(feed));
  return { own: await load(own), feeds: loaded };
}
