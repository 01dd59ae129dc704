import { barsPerYearOf } from '#core/market/bars-per-year.ts';
import type { Bars } from '#core/market/bars.ts';
import type { MarketId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { countBars, eachChunk, loadLastBars, loadTimes } from '#server/db/queries/bar-chunks.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { reduceAll, reduceBars, type BarLists } from './reduce-bars.ts';

export interface BarsWanted {
  readonly id: MarketId;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The newest so many bars, whatever the range. */
  readonly last?: number | undefined;
  readonly maxPoints: number;
}

/** Bars for charts and previews. */
export interface BarsRead extends BarLists {
  /**
   * Of the newest bars, where the market has more: how many all of its bars are a year, by which a run over these
   * annualises. Null: these are all, or a range that nobody runs on.
   */
  readonly barsPerYear: number | null;
}

export function readBars(caller: Caller, wanted: BarsWanted): Promise<BarsRead> {
  const { orgId } = caller.principal;
  return read(
    caller,
    'org.read',
    async (tx) => {
      const market = await findMarket(tx, orgId, wanted.id);
      if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
      if (wanted.last !== undefined) {
        const bars = await loadLastBars(tx, market, wanted.last);
        return { ...reduceAll(bars, wanted.maxPoints), barsPerYear: await perYear(tx, market, bars) };
      }
      const reducer = reduceBars(await countBars(tx, market, wanted), wanted.maxPoints);
      // One chunk after another: of a market of any length no more is in memory, and others get their turn between two
      // of them.
      for await (const bars of eachChunk(tx, market, wanted)) reducer.add(bars);
      return { ...reducer.end(), barsPerYear: null };
    },
    'snapshot',
  );
}

async function perYear(tx: Tx, market: MarketRow, last: Pick<Bars, 'length'>): Promise<number | null> {
  if (last.length === market.barCount) return null;
  const time = await loadTimes(tx, market);
  const bars = barsPerYearOf({ time, length: time.length, timeframe: market.timeframe });
  // All of them span less than a week: so do these.
  return Number.isNaN(bars) ? null : bars;
}
