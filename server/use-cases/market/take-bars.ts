import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { indexFrom } from '#core/market/index-from.ts';
import { mergeBars, type Difference, type MergedBars } from '#core/market/merge-bars.ts';
import { lengthProblem } from '#core/market/named-length.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import type { AskFormulas } from '#server/compute/formula-threads.ts';
import { bytesOf } from '#server/db/columns-of-bytes.ts';
import type { Tx } from '#server/db/database.ts';
import { listChunks, loadChunkBars, loadTimes, type ChunkPlace } from '#server/db/queries/bar-chunks.ts';
import { appendBars, cutColumns, rewriteRows, settleRows, type ManyBars } from '#server/db/queries/change-bars.ts';
import { insertCorrection } from '#server/db/queries/corrections.ts';
import { lockMarket, updateMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import type { Unit } from '../act/act.ts';
import { requireQuota } from '../quota.ts';
import { MOST_BARS } from './read-upload.ts';
import { overtakeBots, wakeBots } from './tell-bots.ts';

/** Stored bars before the first new bar, to which the new bars have to fit. */
const CONTEXT = 400;

export interface GivenBars {
  readonly marketId: string;
  readonly bars: ManyBars;
  /** False: the volumes that are known stay. */
  readonly hasVolume: boolean;
  /**
   * What to do with bars up to the last known one that say something else: `always` puts them in; a text does when it
   * is that of exactly these bars, which somebody has seen; null asks.
   */
  readonly correct: 'always' | { readonly seen: string } | null;
}

/** What given bars would change of the stored bars. */
export interface Correction {
  /** Stands for exactly these bars. */
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

export type Taken =
  /** Nothing was done: somebody has to say that the bars are to be corrected. */
  | { readonly kind: 'asked'; readonly correction: Correction; readonly appended: number; readonly agreeing: number }
  | {
      readonly kind: 'taken';
      readonly changed: number;
      readonly added: number;
      readonly appended: number;
      readonly agreeing: number;
    };

/**
 * Puts bars into a market, in the caller's transaction: those behind the last bar are appended, those that agree are
 * skipped, those that differ or are missing correct it. Others that change the market wait, and find these bars there.
 * Throws NOT_FOUND, INVALID, TOO_LARGE and PLAN_LIMIT.
 */
export async function takeBars(unit: Unit, given: GivenBars, formulas: AskFormulas): Promise<Taken> {
  const { tx, principal, happened } = unit;
  const { orgId } = principal;
  const market = await lockMarket(tx, orgId, given.marketId);
  if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
  await requireFit(tx, market, given.bars);
  const split = indexFrom(given.bars.time.subarray(0, given.bars.length), market.lastTime + 1);
  const past = cutColumns(given.bars, 0, split);
  const future = cutColumns(given.bars, split, given.bars.length);
  const found = await compare(tx, market, past, given.hasVolume);
  const { changed, added, agreeing } = found;
  const correction = changed.length + added.length > 0 ? describe(found) : null;
  const isSeen = given.correct === 'always' || given.correct?.seen === correction?.seen;
  if (correction && !isSeen) {
    unit.nothingHappened();
    return { kind: 'asked', correction, appended: future.length, agreeing };
  }
  const taken = {
    kind: 'taken',
    changed: changed.length,
    added: added.length,
    appended: future.length,
    agreeing,
  } as const;
  if (!correction && future.length === 0) {
    unit.nothingHappened();
    return taken;
  }
  await requireRoom(tx, market, added.length + future.length);
  const revision = market.revision + 1;
  if (correction) {
    const again = await overtakeBots(unit, market, { changed, added }, formulas);
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

type Found = Pick<MergedBars, 'changed' | 'added' | 'agreeing' | 'largest'>;

/** What bars up to the last one of a market would change of it. One row of the market is in memory at a time. */
async function compare(tx: Tx, market: MarketRow, past: ManyBars, hasVolume: boolean): Promise<Found> {
  const found = { changed: [] as number[], added: [] as number[] };
  let [agreeing, largest]: [number, Difference | null] = [0, null];
  if (past.length === 0) return { ...found, agreeing, largest };
  const rows = await listChunks(tx, market, {});
  for (const [row, place] of rows.entries()) {
    const given = givenTo(rows, row, past);
    if (given.length === 0) continue;
    const merged = mergeBars(await loadChunkBars(tx, market, [place]), given, { hasVolume });
    found.changed.push(...merged.changed);
    found.added.push(...merged.added);
    agreeing += merged.agreeing;
    if (merged.largest && (largest === null || merged.largest.by > largest.by)) largest = merged.largest;
    await setImmediate();
  }
  return { ...found, agreeing, largest };
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

function describe({ changed, added, largest }: Found): Correction {
  const times = [changed[0], changed.at(-1), added[0], added.at(-1)].filter((time) => time !== undefined);
  return {
    seen: createHash('sha256')
      .update(bytesOf(Float64Array.from(changed)))
      .update(' ')
      .update(bytesOf(Float64Array.from(added)))
      .update(JSON.stringify(largest))
      .digest('hex'),
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
  const from = Math.min(first, market.lastTime) - CONTEXT * timeframeLength(market.timeframe);
  const known = await loadTimes(tx, market, { from, to: last });
  const together = unionOf(known, time.subarray(0, length));
  await setImmediate();
  const problem = lengthProblem(together, market.timeframe);
  // What is there may have been named by somebody who knows better than the times.
  if (problem === null || lengthProblem(known, market.timeframe) !== null) return;
  throw new AppError(
    'INVALID',
    `These bars do not fit to those of ${market.symbol} ${market.timeframe}: nothing was added. ${problem.message}`,
  );
}

function unionOf(known: Float64Array, given: Float64Array): Float64Array {
  const times = new Float64Array(known.length + given.length);
  let [length, at, next] = [0, 0, 0];
  while (at < known.length || next < given.length) {
    const time = Math.min(known[at] ?? Number.POSITIVE_INFINITY, given[next] ?? Number.POSITIVE_INFINITY);
    if (known[at] === time) at += 1;
    if (given[next] === time) next += 1;
    times[length] = time;
    length += 1;
  }
  return times.slice(0, length);
}

async function requireRoom(tx: Tx, market: MarketRow, more: number): Promise<void> {
  if (more === 0) return;
  if (market.barCount + more > MOST_BARS)
    throw new AppError('TOO_LARGE', `A market may have ${MOST_BARS.toLocaleString('en')} bars at most.`);
  await requireQuota(tx, market.orgId, 'bars', more);
}
