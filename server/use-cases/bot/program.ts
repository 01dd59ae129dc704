import type { GivenBars } from '#core/engine/stream/push-bar.ts';
import { MOST_NODES } from '#core/formula/model/formula.ts';
import type { Bars } from '#core/market/bars.ts';
import type { VersionId } from '#core/requests/ids.ts';
import type { BotProgram } from '#server/compute/bot/checkpoint.ts';
import type { Tx } from '#server/db/database.ts';
import type { BotRow } from '#server/db/queries/bots.ts';
import { findMarket, listFeedMarkets, listMarketsOf, type MarketRow } from '#server/db/queries/markets.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { read } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Reader } from '../context.ts';

/** What a bot runs, with the markets' rows. */
export interface StoredProgram extends BotProgram {
  readonly own: MarketRow;
  readonly feeds: readonly MarketRow[];
}

/** Null when its version or its market is gone. */
export async function findProgram(
  tx: Tx,
  { orgId, versionId, marketId, ...row }: BotRow,
): Promise<StoredProgram | null> {
  const version = await findVersion(tx, orgId, versionId);
  const own = await findMarket(tx, orgId, marketId);
  if (!version || !own) return null;
  return { json: version.json, ...termsOf(row), own, feeds: await listFeedMarkets(tx, own, version.json) };
}

/** How a bot trades: with the money that it has carried over from another version, where there was one. */
export const termsOf = ({
  settings,
  tradesAfter,
  carriedCash,
}: Pick<BotRow, 'settings' | 'tradesAfter' | 'carriedCash'>) => ({
  settings: carriedCash === null ? settings : { ...settings, cash: carriedCash },
  tradesAfter,
});

/** Characters of a node. */
const OF_A_NODE = 100;

/**
 * Characters of a formula without functions: of those that call functions all that there may be, since it is not known
 * how often what is written once is run.
 */
export const writtenOut = ({ json }: Pick<BotProgram, 'json'>): number =>
  json.includes('"call"') ? Math.max(json.length, OF_A_NODE * MOST_NODES) : json.length;

/** The symbols that versions read as feeds: a bar of their bots need not read the formula. Versions never change. */
const symbolsOf = new Map<string, readonly string[]>();
const MOST_KNOWN = 10_000;

const OF_A_BOT = freely('which markets a bot follows is asked by whatever changes those markets, and nobody is told');

export const areFeedsKnown = (versionId: VersionId): boolean => symbolsOf.has(versionId);

/**
 * Reads what versions read as feeds, where that is not known yet. Outside of any transaction: a large formula waits for
 * its turn at a thread, and others must not wait for a lock or a connection meanwhile.
 */
export async function learnFeeds(
  caller: Pick<Reader, 'db' | 'formulas' | 'principal' | 'current'>,
  versionIds: readonly VersionId[],
): Promise<void> {
  const { orgId } = caller.principal;
  for (const versionId of versionIds) {
    if (symbolsOf.has(versionId)) continue;
    const version = await read(caller, OF_A_BOT, (tx) => findVersion(tx, orgId, versionId));
    const symbols = version?.json.includes('"feed"')
      ? await caller.formulas(orgId, 'feeds', { json: version.json })
      : [];
    if (symbolsOf.size >= MOST_KNOWN) symbolsOf.clear();
    symbolsOf.set(versionId, symbols);
  }
}

/** Which of the versions are known, and which of those read a symbol as a feed. */
export function readersOf(symbol: string, versionIds: readonly VersionId[]) {
  const known = versionIds.filter((id) => symbolsOf.has(id));
  return { known, reading: known.filter((id) => symbolsOf.get(id)?.includes(symbol)) };
}

/**
 * The other markets that a version reads. Of a version that nobody has learned yet: all that its text names, which may
 * be one too many.
 */
export async function listFeeds(tx: Tx, versionId: VersionId, own: MarketRow): Promise<readonly MarketRow[]> {
  const known = symbolsOf.get(versionId);
  if (known) return listMarketsOf(tx, own, known);
  const version = await findVersion(tx, own.orgId, versionId);
  return version ? listFeedMarkets(tx, own, version.json) : [];
}

export async function loadGiven(
  { own, feeds }: Pick<StoredProgram, 'own' | 'feeds'>,
  load: (market: MarketRow) => Promise<Bars>,
): Promise<GivenBars> {
  const loaded: Bars[] = [];
  for (const feed of feeds) loaded.push(await load(feed));
  return { own: await load(own), feeds: loaded };
}
