import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Timeframe } from '#core/market/bars.ts';
import { findDoubts } from '#core/market/find-doubts.ts';
import { indexFrom } from '#core/market/index-from.ts';
import { mergeBars, type Difference, type MergedBars } from '#core/market/merge-bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import { whyNoFit } from '#core/market/why-no-fit.ts';
import type { MarketId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { listChunks, loadChunkBars, loadLastBars, loadTimes, type ChunkPlace } from '#server/db/queries/bar-chunks.ts';
import {
  appendBars,
  cutColumns,
  isUnsettled,
  rewriteRows,
  settleRows,
  type ManyBars,
} from '#server/db/queries/change-bars.ts';
import { insertCorrection, type Corrected } from '#server/db/queries/corrections.ts';
import { lockMarket, updateMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import type { Unit } from '../act/act.ts';
import { requireQuota } from '../quota.ts';
import { hashChanges } from './hash-changes.ts';
import { MOST_BARS, requireOpened } from './read-upload.ts';
import { overtakeBots, wakeBots } from './tell-bots.ts';

/** Bars around given ones, to which these have to fit. */
const [FEWEST_AROUND, MOST_AROUND, SESSIONS] = [2000, 20_000, 60 * 86_400_000];

export interface GivenBars {
  readonly marketId: MarketId;
  readonly bars: ManyBars;
  /** False: the volumes that are known stay. */
  readonly hasVolume: boolean;
  /**
   * What to do with bars up to the last known one that say something else: `always` puts them in; a text does when it
   * is that of exactly these bars, which somebody has seen; null asks.
   */
  readonly correct: 'always' | { readonly seen: string } | null;
  /** Whether bars behind the last one are taken where something is odd about them; otherwise that is asked. */
  readonly anyway?: boolean | undefined;
}

/** What given bars would change of the stored bars. */
export interface Correction {
  /** Stands for exactly these bars, with the values that they have and those that they would have. */
  readonly seen: string;
  /** Bars that have other values. */
  readonly changed: number;
  /** Bars that are not there, before the last one. */
  readonly added: number;
  /** Times of the first and the last of both. */
  readonly from: number;
  readonly to: number;
  readonly largest: Difference | null;
}

interface Counts {
  readonly appended: number;
  readonly agreeing: number;
  /** What is odd about the bars behind the last one, in words. */
  readonly doubts: readonly string[];
}

export type Taken =
  /** Nothing was done: somebody has to say that the bars are to be corrected, or that odd ones are right. */
  | ({ readonly kind: 'asked'; readonly correction: Correction | null } & Counts)
  | ({ readonly kind: 'taken'; readonly changed: number; readonly added: number } & Counts);

/**
 * Puts bars into a market, in the caller's transaction: those behind the last bar are appended, those that agree are
 * skipped, those that differ or are missing correct it. Others that change the market wait, and find these bars there.
 * Throws NOT_FOUND, INVALID, TOO_LARGE and PLAN_LIMIT.
 */
export async function takeBars(unit: Unit, given: GivenBars): Promise<Taken> {
  const { tx, principal, now, happened } = unit;
  const { orgId } = principal;
  const before = await lockMarket(tx, orgId, given.marketId, 'key share');
  if (!before) throw noMarket();
  // All bars are looked at before the market is locked, and again only if somebody changed the market meanwhile: others
  // wait for the writing alone. Rows that a run may cut anew are looked at once they are locked.
  const early = isUnsettled(await listChunks(tx, before, {})) ? null : await look(tx, before, given, now);
  const market = await lockMarket(tx, orgId, given.marketId);
  if (!market) throw noMarket();
  const { past, future, found, doubts } =
    early && market.revision === before.revision ? early : await look(tx, market, given, now);
  const { changed, added, agreeing } = found;
  const correction = changed.length + added.length > 0 ? describe(found) : null;
  const counts = { appended: future.length, agreeing, doubts };
  const isSeen = given.correct === 'always' || given.correct?.seen === correction?.seen;
  if ((correction && !isSeen) || (doubts.length > 0 && given.anyway !== true)) {
    unit.nothingHappened();
    return { kind: 'asked', correction, ...counts };
  }
  const taken = {
    kind: 'taken',
    changed: changed.length,
    added: added.length,
    ...counts,
  } as const;
  if (!correction && future.length === 0) {
    unit.nothingHappened();
    return taken;
  }
  await requireRoom(tx, market, added.length + future.length);
  const revision = market.revision + 1;
  if (correction) {
    const again = await overtakeBots(unit, market, { changed, added });
    await settleRows(tx, market);
    await write(tx, market, past, given.hasVolume);
    await insertCorrection(tx, market, { revision, changed, added });
    const { from, to } = correction;
    happened('market.corrected', {
      marketId: market.id,
      symbol: market.symbol,
      changed: changed.length,
      added: added.length,
      from,
      to,
      again,
    });
  }
  await appendBars(tx, market, future);
  const barCount = market.barCount + added.length + future.length;
  const lastTime = future.time[future.length - 1] ?? market.lastTime;
  await updateMarket(tx, market, {
    revision,
    barCount,
    lastTime,
    firstTime: Math.min(market.firstTime, given.bars.time[0] ?? market.firstTime),
    hasVolume: market.hasVolume || given.hasVolume,
    ...(correction ? { corrected: revision } : {}),
  });
  if (future.length > 0)
    happened('market.appended', {
      marketId: market.id,
      symbol: market.symbol,
      bars: [market.barCount, barCount],
      from: future.time[0] ?? lastTime,
      to: lastTime,
      wake: await wakeBots(tx, market, market.barCount + added.length),
    });
  return taken;
}

const noMarket = () => new AppError('NOT_FOUND', 'There is no such market.');

interface Found extends Corrected, Pick<MergedBars, 'agreeing' | 'largest'> {
  /** Of all bars that would change, as they are and as they would be. */
  readonly hash: string;
}

interface Looked {
  /** Given bars up to the last one of the market, and those behind it. */
  readonly past: ManyBars;
  readonly future: ManyBars;
  readonly found: Found;
  readonly doubts: readonly string[];
}

async function look(tx: Tx, market: MarketRow, { bars, hasVolume }: GivenBars, now: Date): Promise<Looked> {
  requireOpened(bars.time[bars.length - 1] ?? 0, market.timeframe, now);
  await requireFit(tx, market, bars);
  const split = indexFrom(bars.time.subarray(0, bars.length), market.lastTime + 1);
  const past = cutColumns(bars, 0, split);
  const future = cutColumns(bars, split, bars.length);
  return {
    past,
    future,
    doubts: await doubtsAbout(tx, market, future),
    found: await compare(tx, market, past, hasVolume),
  };
}

/** So many of the newest bars say how far prices move and when the market is closed. */
const NEWEST = 1000;

async function doubtsAbout(tx: Tx, market: MarketRow, future: ManyBars): Promise<string[]> {
  if (future.length === 0) return [];
  const known = await loadLastBars(tx, market, NEWEST);
  return findDoubts(known, future, market.timeframe).map(({ message }) => message);
}

/** What bars up to the last one of a market would change of it. One row of the market is in memory at a time. */
async function compare(tx: Tx, market: MarketRow, past: ManyBars, hasVolume: boolean): Promise<Found> {
  const changed: (readonly number[])[] = [];
  const added: (readonly number[])[] = [];
  let [agreeing, largest]: [number, Difference | null] = [0, null];
  const hash = createHash('sha256');
  const none = new Float64Array(0);
  if (past.length === 0) return { changed: none, added: none, agreeing, largest, hash: '' };
  const rows = await listChunks(tx, market, {});
  for (const [row, place] of rows.entries()) {
    const given = givenTo(rows, row, past);
    if (given.length === 0) continue;
    const known = await loadChunkBars(tx, market, [place]);
    const merged = mergeBars(known, given, { hasVolume });
    hashChanges(hash, known, merged);
    changed.push(merged.changed);
    added.push(merged.added);
    agreeing += merged.agreeing;
    if (merged.largest && (largest === null || merged.largest.by > largest.by)) largest = merged.largest;
    await setImmediate();
  }
  // A row may take as many bars as a market has: they are no arguments of a call.
  return {
    changed: Float64Array.from(changed.flat()),
    added: Float64Array.from(added.flat()),
    agreeing,
    largest,
    hash: hash.digest('hex'),
  };
}

async function write(tx: Tx, market: MarketRow, past: ManyBars, hasVolume: boolean): Promise<void> {
  const rows = await listChunks(tx, market, {});
  await rewriteRows(tx, market, rows, {
    isChanged: (row) => givenTo(rows, row, past).length > 0,
    change: (row, known) => mergeBars(known, givenTo(rows, row, past), { hasVolume }).bars,
  });
}

/** The given bars that belong into a row: the first row takes all bars before the second row. */
function givenTo(rows: readonly ChunkPlace[], row: number, past: ManyBars): ManyBars {
  const time = past.time.subarray(0, past.length);
  const from = row === 0 ? 0 : indexFrom(time, rows[row]?.firstTime ?? 0);
  const next = rows[row + 1];
  return cutColumns(past, from, next ? indexFrom(time, next.firstTime) : past.length);
}

function describe({ changed, added, largest, hash }: Found): Correction {
  const times = [changed[0], changed.at(-1), added[0], added.at(-1)].filter((time) => time !== undefined);
  return {
    seen: hash,
    changed: changed.length,
    added: added.length,
    from: Math.min(...times),
    to: Math.max(...times),
    largest,
  };
}

/** Bars of another length, or named by another clock, would stand between the stored bars. */
async function requireFit(tx: Tx, market: MarketRow, { time, length }: ManyBars): Promise<void> {
  const [first, last] = [time[0], time[length - 1]];
  if (first === undefined || last === undefined) throw new AppError('INVALID', 'There are no bars.');
  const around = contextOf(market.timeframe);
  // However long before the market or behind it they lie, they have to fit to the bars of it that are nearest.
  const from = Math.min(first, market.lastTime) - around;
  const known = await loadTimes(tx, market, { from, to: Math.max(last, market.firstTime) + around });
  await setImmediate();
  const problem = whyNoFit(known, time.subarray(0, length), market.timeframe);
  if (problem === null) return;
  throw new AppError(
    'INVALID',
    `These bars do not fit to those of ${market.symbol} ${market.timeframe}: nothing was added. ${problem}`,
  );
}

/**
 * How much time around given bars says by what clock and how far apart the bars of a market open: two months of
 * sessions where that are not too many bars.
 */
function contextOf(timeframe: Timeframe): number {
  const length = timeframeLength(timeframe);
  return Math.max(FEWEST_AROUND * length, Math.min(MOST_AROUND * length, SESSIONS));
}

async function requireRoom(tx: Tx, market: MarketRow, more: number): Promise<void> {
  if (more === 0) return;
  if (market.barCount + more > MOST_BARS)
    throw new AppError('TOO_LARGE', `A market may have ${MOST_BARS.toLocaleString('en')} bars at most.`);
  await requireQuota(tx, market.orgId, 'bars', more);
}
