import type { Timeframe } from '#core/market/bars.ts';
import { timeframeProblem } from '#core/market/timeframe.ts';
import { withOrg } from '#server/db/database.ts';
import { insertBarChunks, insertMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { describeGaps, type Gaps } from './read-gaps.ts';
import { readUpload } from './read-upload.ts';

const PROGRESS_EVERY_BYTES = 1024 * 1024;

export interface MarketImport {
  /** Chosen by the browser, to know its own progress events. */
  readonly importId: string;
  readonly symbol: string;
  readonly name: string;
  readonly timeframe: Timeframe;
  readonly currency: string;
}

/** Imports a CSV of bars as a market, all of it or nothing. Every bad line is reported with its number; holes are told, and no reason to refuse it. */
export async function importMarket(caller: Caller, input: MarketImport, body: AsyncIterable<Uint8Array>): Promise<{ marketId: string; bars: number; gaps: Gaps }> {
  const { db, actor } = caller;
  requirePermission(actor, 'market.manage');
  const { importId, ...market } = input;
  let told = 0;
  const tell = (bytes: number, bars: number): Promise<unknown> =>
    withOrg(db, actor.orgId, (tx) => appendEvent(tx, actor.orgId, { kind: 'market.import', payload: { importId, bytes, bars } }));

  const upload = await readUpload(body, async (bytes, bars) => {
    if (bytes - told < PROGRESS_EVERY_BYTES) return;
    told = bytes;
    await tell(bytes, bars);
  });
  const { problems, problemCount } = upload;
  if (problemCount > 0) throw new AppError('INVALID', inWords(problemCount), { problems, problemCount });
  const bars = upload.collector.finish();
  if (!bars) throw new AppError('INVALID', 'The file has no bars.', { problems: [{ line: 1, message: 'The file has no bars.' }], problemCount: 1 });

  const { time } = upload.collector;
  const overlap = timeframeProblem(time, market.timeframe);
  if (overlap !== null) throw new AppError('INVALID', `${overlap} Nothing was imported.`);
  const gaps = describeGaps({ time, length: time.length, timeframe: market.timeframe });

  return withOrg(db, actor.orgId, async (tx) => {
    const { chunks, ...facts } = bars;
    const marketId = await insertMarket(tx, { orgId: actor.orgId, ...market, source: 'CSV import', ...facts });
    if (marketId === null) throw new AppError('CONFLICT', `There is a market ${market.symbol} ${market.timeframe} already. Remove it first, or choose another symbol.`);
    await insertBarChunks(tx, actor.orgId, marketId, chunks);
    await recordAct(tx, caller, { action: 'market.imported', entity: 'market', entityId: marketId, difference: { symbol: [null, market.symbol] } });
    await appendEvent(tx, actor.orgId, { kind: 'market.changed', payload: { marketId } });
    return { marketId, bars: facts.barCount, gaps };
  });
}

const inWords = (problems: number): string => (problems === 1 ? 'One line is not right; nothing was imported.' : `${problems.toLocaleString('en')} lines are not right; nothing was imported.`);
