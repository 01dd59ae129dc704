import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { unionOf, without } from '#core/market/times.ts';
import type { MarketId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { bytesOf, columnOf } from '../numbers.ts';
import { barCorrections } from '../schema/index.ts';
import type { MarketRow } from './markets.ts';

/** Which bars were corrected, by the times at which they open, in order. */
export interface Corrected {
  /** Bars that have other values, or are not there any more. */
  readonly changed: Float64Array;
  /** Bars that were not there, before the last one. */
  readonly added: Float64Array;
}

type Market = Pick<MarketRow, 'orgId' | 'id'>;

/** Bytes of corrections that are in memory at a time, unless a single one is larger. Others get their turn between. */
const AT_ONCE = 1024 * 1024;
const PIECE = AT_ONCE / 2;

/**
 * Keeps which bars a correction was of. A bar that is corrected again is kept with its last correction: whoever asks
 * for those since an earlier one finds it there. So a market has no more of them than two for each of its bars.
 */
export async function insertCorrection(
  tx: Tx,
  market: Market,
  { revision, changed, added }: Corrected & { readonly revision: number },
): Promise<void> {
  if (changed.length > 0) await forget(tx, market, changed);
  await tx.insert(barCorrections).values({
    orgId: market.orgId,
    marketId: market.id,
    revision,
    changed: bytesOf(changed),
    added: bytesOf(added),
  });
}

/**
 * Takes bars out of what was changed before, unless such a bar has come anew since: then the earlier correction says
 * that the bar was there.
 */
async function forget(tx: Tx, market: Market, bars: Float64Array): Promise<void> {
  const come: { readonly revision: number; readonly times: Float64Array }[] = [];
  for await (const rows of eachSince(tx, market, -1))
    for (const { revision, added } of rows) {
      const times = without(added, without(added, bars));
      if (times.length > 0) come.push({ revision, times });
    }
  for await (const rows of eachSince(tx, market, -1)) {
    for (const { revision, changed, added } of rows) {
      const later = come.filter((row) => row.revision > revision);
      const left = without(
        changed,
        later.reduce((all, { times }) => without(all, times), bars),
      );
      if (left.length === changed.length) continue;
      const row = and(ofMarket(market), eq(barCorrections.revision, revision));
      if (left.length + added.length === 0) await tx.delete(barCorrections).where(row);
      else
        await tx
          .update(barCorrections)
          .set({ changed: bytesOf(left) })
          .where(row);
    }
  }
}

/**
 * All bars that were corrected since a revision of a market, each once. O(corrections), a few of which are in memory at
 * a time.
 */
export async function findCorrected(tx: Tx, orgId: OrgId, marketId: MarketId, since: number): Promise<Corrected> {
  let [changed, added]: [Float64Array, Float64Array] = [new Float64Array(0), new Float64Array(0)];
  for await (const rows of eachSince(tx, { orgId, id: marketId }, since)) {
    for (const row of rows) {
      // What became of a bar first says whether it was there: a bar that was removed may have come again.
      const [other, come] = [without(row.changed, added), without(row.added, changed)];
      if (other.length > 0) changed = unionOf(changed, other);
      if (come.length > 0) added = unionOf(added, come);
    }
    await setImmediate();
  }
  return { changed, added };
}

interface Row extends Corrected {
  readonly revision: number;
}

async function* eachSince(tx: Tx, market: Market, since: number): AsyncGenerator<Row[]> {
  const bytes = sql<number>`octet_length(${barCorrections.changed}) + octet_length(${barCorrections.added})`;
  const places = await tx
    .select({ revision: barCorrections.revision, bytes })
    .from(barCorrections)
    .where(and(ofMarket(market), gt(barCorrections.revision, since)))
    .orderBy(asc(barCorrections.revision));
  for (let from = 0; from < places.length;) {
    let [to, size] = [from, 0];
    while (to < places.length && (to === from || size + (places[to]?.bytes ?? 0) <= AT_ONCE)) {
      size += places[to]?.bytes ?? 0;
      to += 1;
    }
    const revisions = places.slice(from, to).map(({ revision }) => revision);
    yield size > AT_ONCE ? [await loadInPieces(tx, market, revisions[0] ?? 0)] : await loadRows(tx, market, revisions);
    await setImmediate();
    from = to;
  }
}

async function loadRows(tx: Tx, market: Market, revisions: readonly number[]): Promise<Row[]> {
  const rows = await tx
    .select({ revision: barCorrections.revision, changed: barCorrections.changed, added: barCorrections.added })
    .from(barCorrections)
    .where(and(ofMarket(market), inArray(barCorrections.revision, [...revisions])))
    .orderBy(asc(barCorrections.revision));
  return rows.map(({ revision, changed, added }) => ({ revision, changed: columnOf(changed), added: columnOf(added) }));
}

/** A row of which a driver would make text and bytes in one turn. */
async function loadInPieces(tx: Tx, market: Market, revision: number): Promise<Row> {
  const load = async (column: typeof barCorrections.changed | typeof barCorrections.added): Promise<Float64Array> => {
    const pieces: Float64Array[] = [];
    for (let from = 1, isWhole = true; isWhole; from += PIECE) {
      const [row] = await tx
        .select({ piece: sql<Uint8Array>`substring(${column} from ${from}::int for ${PIECE}::int)` })
        .from(barCorrections)
        .where(and(ofMarket(market), eq(barCorrections.revision, revision)));
      const piece = columnOf(row?.piece ?? new Uint8Array());
      pieces.push(piece);
      isWhole = piece.length * 8 === PIECE;
      await setImmediate();
    }
    return together(pieces);
  };
  return { revision, changed: await load(barCorrections.changed), added: await load(barCorrections.added) };
}

const ofMarket = ({ orgId, id }: Market) => and(eq(barCorrections.orgId, orgId), eq(barCorrections.marketId, id));

function together(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
