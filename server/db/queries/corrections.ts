import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, sql, type SQL } from 'drizzle-orm';
import { unionOf, without } from '#core/market/times.ts';
import type { MarketId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { bytesOf, columnOf } from '../numbers.ts';
import { backtests, barCorrections, sweeps } from '../schema/index.ts';
import type { MarketRow } from './markets.ts';

/** Which bars were corrected, by the times at which they open, in order. */
export interface Corrected {
  /** Bars that have other values, or are not there any more. */
  readonly changed: Float64Array;
  /** Bars that were not there, before the last one. */
  readonly added: Float64Array;
}

type Market = Pick<MarketRow, 'orgId' | 'id'>;

const NONE = new Float64Array(0);

/** Bytes of corrections that are in memory at a time, unless a single one is larger. Others get their turn between. */
const AT_ONCE = 1024 * 1024;
const PIECE = AT_ONCE / 2;

/**
 * Keeps which bars a correction was of. A bar that is corrected again is kept with its last correction: whoever asks
 * for those since an earlier one finds it there. Corrections between which nothing was made are joined. So a market has
 * no more rows than runs were made on it, and some that grow by a factor.
 */
export async function insertCorrection(
  tx: Tx,
  market: Market,
  { revision, changed, added }: Corrected & { readonly revision: number },
): Promise<void> {
  if (changed.length > 0) await forget(tx, market, changed);
  await insert(tx, market, { revision, changed, added });
  await join(tx, market);
}

const insert = (tx: Tx, { orgId, id }: Market, { revision, changed, added }: Row) =>
  tx.insert(barCorrections).values({ orgId, marketId: id, revision, changed: bytesOf(changed), added: bytesOf(added) });

/**
 * Takes bars out of what was changed before, unless such a bar has come anew since: then the earlier correction says
 * that the bar was there. Rows of other times are not read.
 */
async function forget(tx: Tx, market: Market, bars: Float64Array): Promise<void> {
  const touched = (await listPlaces(tx, market, -1)).filter((place) => overlaps(place, bars));
  // From the newest row, so that it is known what came anew since.
  let since: Float64Array = NONE;
  for await (const rows of eachOf(tx, market, touched.toReversed()))
    for (const { revision, changed, added } of rows.toReversed()) {
      const left = without(changed, without(bars, since));
      since = unionOf(since, without(added, without(added, bars)));
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

/**
 * A row of so many bytes is joined with smaller ones at once, and with larger ones once it has grown to a part of them.
 */
const [SMALL, PART] = [64 * 1024, 4];

/**
 * Joins the newest rows with those before, where nobody asks for what was corrected since a revision between them. Each
 * byte is joined a few times, however many corrections there are.
 */
async function join(tx: Tx, market: Market): Promise<void> {
  const places = await listPlaces(tx, market, -1);
  let [first, size] = [places.length - 1, places.at(-1)?.bytes ?? 0];
  while (first > 0 && (places[first - 1]?.bytes ?? 0) <= SMALL + PART * size) size += places[(first -= 1)]?.bytes ?? 0;
  const newest = places.slice(first);
  const oldest = newest[0]?.revision ?? 0;
  if (newest.length < 2) return;
  const asked = await findRevisionsMadeOn(tx, market, oldest);
  let group: Place[] = [];
  for (const [at, place] of newest.entries()) {
    group.push(place);
    const next = newest[at + 1];
    const isApart = !next || next.isRecent || asked.some((each) => place.revision <= each && each < next.revision);
    if (!isApart) continue;
    if (group.length > 1) await joinGroup(tx, market, group);
    group = [];
  }
}

async function joinGroup(tx: Tx, market: Market, places: readonly Place[]): Promise<void> {
  const sum = new Sum();
  for await (const rows of eachOf(tx, market, places)) rows.forEach((row) => sum.add(row));
  const revisions = places.map(({ revision }) => revision);
  await tx.delete(barCorrections).where(and(ofMarket(market), inArray(barCorrections.revision, revisions)));
  await insert(tx, market, { ...sum, revision: Math.max(...revisions) });
}

/** What corrections are together, each taken in the order in which they were made. */
class Sum implements Corrected {
  changed: Float64Array = NONE;
  added: Float64Array = NONE;

  add(row: Corrected): void {
    // What became of a bar first says whether it was there: a bar that was removed may have come again.
    const [other, come] = [without(row.changed, this.added), without(row.added, this.changed)];
    if (other.length > 0) this.changed = unionOf(this.changed, other);
    if (come.length > 0) this.added = unionOf(this.added, come);
  }
}

/**
 * All bars that were corrected since a revision of a market, each once. O(corrections), a few of which are in memory at
 * a time.
 */
export async function findCorrected(tx: Tx, orgId: OrgId, marketId: MarketId, since: number): Promise<Corrected> {
  const sum = new Sum();
  const places = await listPlaces(tx, { orgId, id: marketId }, since);
  for await (const rows of eachOf(tx, { orgId, id: marketId }, places)) {
    rows.forEach((row) => sum.add(row));
    await setImmediate();
  }
  return { changed: sum.changed, added: sum.added };
}

interface Row extends Corrected {
  readonly revision: number;
}

/** A row that is not read yet. */
interface Place {
  readonly revision: number;
  readonly bytes: number;
  /** Times of the first and the last bar of each of its lists; null of an empty one. */
  readonly ends: readonly (Uint8Array | null)[];
  /** A run that is under way may have been begun before it, and has not said on what it is made. */
  readonly isRecent: boolean;
}

/** Clocks of servers differ by less. */
const CLOCKS_APART = '1 hour';

function listPlaces(tx: Tx, market: Market, since: number): Promise<Place[]> {
  const { changed, added, revision, at } = barCorrections;
  const end = (of: typeof changed | typeof added, from: SQL) =>
    sql<Uint8Array | null>`nullif(substring(${of} from ${from} for 8), ''::bytea)`;
  const last = (of: typeof changed | typeof added) => sql`greatest(1, octet_length(${of}) - 7)`;
  const underWay = (runs: typeof backtests | typeof sweeps) =>
    sql`(select min(${runs.queuedAt}) from ${runs} where ${runs.orgId} = ${market.orgId}
      and ${runs.status} in ('queued', 'running'))`;
  return tx
    .select({
      revision,
      bytes: sql<number>`octet_length(${changed}) + octet_length(${added})`,
      first: end(changed, sql`1`),
      last: end(changed, last(changed)),
      firstAdded: end(added, sql`1`),
      lastAdded: end(added, last(added)),
      isRecent: sql<boolean>`coalesce(${at} > least(${underWay(backtests)}, ${underWay(sweeps)}) -
        ${CLOCKS_APART}::interval, false)`,
    })
    .from(barCorrections)
    .where(and(ofMarket(market), gt(revision, since)))
    .orderBy(asc(revision))
    .then((rows) =>
      rows.map(({ first, last: end1, firstAdded, lastAdded, ...row }) => ({
        ...row,
        ends: [first, end1, firstAdded, lastAdded],
      })),
    );
}

function overlaps({ ends }: Place, bars: Float64Array): boolean {
  const times = ends.flatMap((bytes) => (bytes === null ? [] : [...columnOf(bytes)]));
  return Math.min(...times) <= (bars.at(-1) ?? 0) && (bars[0] ?? 0) <= Math.max(...times);
}

/** Revisions of a market from one on that runs were made on, each once. */
async function findRevisionsMadeOn(tx: Tx, { orgId, id }: Market, from: number): Promise<number[]> {
  const of = (runs: typeof backtests | typeof sweeps) => sql`
    select (${runs.madeOn} ->> 'revision')::int as revision from ${runs} where ${runs.orgId} = ${orgId}
      and ${runs.marketId} = ${id}
    union select (${runs.madeOn} -> 'feeds' ->> ${id}::text)::int from ${runs} where ${runs.orgId} = ${orgId}
      and jsonb_exists(${runs.madeOn} -> 'feeds', ${id})`;
  const rows = await tx.execute<{ revision: number }>(
    sql`select revision from (${of(backtests)} union ${of(sweeps)}) made where revision >= ${from}::int`,
  );
  return rows.map(({ revision }) => revision);
}

async function* eachOf(tx: Tx, market: Market, places: readonly Place[]): AsyncGenerator<Row[]> {
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
