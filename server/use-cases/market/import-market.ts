import { setImmediate } from 'node:timers/promises';
import type { Timeframe } from '#core/market/bars.ts';
import { lengthProblem } from '#core/market/named-length.ts';
import type { BarFile } from '#core/market/read-csv.ts';
import { readLength } from '#core/market/read-length.ts';
import type { DecimalSign } from '#core/market/read-number.ts';
import type { TimesAre } from '#core/market/resolve-opens.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { BARS_PER_CHUNK } from '#server/db/bar-chunk.ts';
import { insertBarChunks } from '#server/db/queries/bar-chunks.ts';
import { findInstrument, insertMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { requireQuota } from '../quota.ts';
import { packFileInTurns } from './pack-file.ts';
import { describeGaps, type Gaps } from './read-gaps.ts';
import { requireOpened } from './read-upload.ts';
import { receiveFile } from './receive-file.ts';

export interface MarketImport {
  /** Chosen by the browser, to know its own progress events. */
  readonly importId: string;
  readonly symbol: string;
  readonly name: string;
  /** Left out: as the bars say. */
  readonly timeframe?: Timeframe | undefined;
  /** Left out: as the file says. */
  readonly times?: TimesAre | undefined;
  readonly decimals?: DecimalSign | undefined;
  readonly currency: string;
}

export interface Imported {
  readonly marketId: MarketId;
  readonly bars: number;
  readonly timeframe: Timeframe;
  readonly gaps: Gaps;
  /** How the file was read, where that may surprise; in words. */
  readonly notes: readonly string[];
}

/**
 * Imports a CSV of bars as a market, all of it or nothing. Every kind of bad line is reported with its number; holes
 * are told, and no reason to refuse it.
 */
export async function importMarket(
  caller: Caller,
  input: MarketImport,
  body: AsyncIterable<Uint8Array>,
): Promise<Imported> {
  const { orgId } = caller.principal;
  requirePermission(caller.principal, 'market.manage');
  const { importId, timeframe: named, times, decimals, ...market } = input;
  const file = await receiveFile(caller, { importId, done: 'imported', timeframe: named, times, decimals }, body);
  const bars = await packFileInTurns(file);
  if (!bars) throw new Error('the file has bars');

  // Each of these looks at all bars; others get their turn between them.
  await setImmediate();
  const timeframe = lengthOf(file, named);
  requireOpened(bars.lastTime, timeframe, caller.now);
  await setImmediate();
  const gaps = await describeGaps(() => piecesOf(file.time), timeframe);

  return act(caller, 'market.manage', async ({ tx, happened }) => {
    const { chunks, ...facts } = bars;
    const instrument = await findInstrument(tx, orgId, market.symbol);
    if (instrument && instrument.currency !== market.currency)
      throw new AppError(
        'CONFLICT',
        `${market.symbol} is in ${instrument.currency} already: choose that currency, or another symbol.`,
      );
    await requireQuota(tx, orgId, 'markets');
    await requireQuota(tx, orgId, 'bars', facts.barCount);
    const marketId = await insertMarket(tx, {
      orgId,
      ...market,
      timeframe,
      source: 'CSV import',
      timesAre: file.timesAre,
      ...facts,
    });
    if (marketId === null)
      throw new AppError(
        'CONFLICT',
        `There is a market ${market.symbol} ${timeframe} already. Add the bars to it, or choose another symbol.`,
      );
    await insertBarChunks(tx, orgId, marketId, chunks);
    happened('market.imported', { marketId, symbol: market.symbol });
    return {
      marketId,
      bars: facts.barCount,
      timeframe,
      gaps,
      notes: [...file.notes, ...(file.noVolume === null ? [] : [file.noVolume])],
    };
  });
}

function* piecesOf(time: Float64Array): Generator<Float64Array> {
  for (let start = 0; start < time.length; start += BARS_PER_CHUNK) yield time.subarray(start, start + BARS_PER_CHUNK);
}

/** How long the bars of a file last: as somebody says, when that can be, or as they say themselves. */
function lengthOf({ time, lines }: BarFile, named: Timeframe | undefined): Timeframe {
  const read = readLength(time);
  const problem = named === undefined ? (read.ok ? null : read.error) : lengthProblem(time, named);
  const timeframe = named ?? (read.ok ? read.value : undefined);
  if (problem === null && timeframe !== undefined) return timeframe;
  const problems = [{ line: lines[problem?.bar ?? 0] ?? 1, message: problem?.message ?? '', count: 1 }];
  throw new AppError(
    'INVALID',
    named === undefined
      ? 'Say how long a bar lasts; nothing was imported.'
      : `These are no bars of ${named}; nothing was imported.`,
    { problems, problemCount: 1 },
  );
}
