import { countBars, eachChunk, loadLastBars } from '#server/db/queries/bar-chunks.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { reduceAll, reduceBars, type BarLists } from './reduce-bars.ts';

export interface BarsWanted {
  readonly id: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The newest so many bars, whatever the range. */
  readonly last?: number | undefined;
  readonly maxPoints: number;
}

export function readBars(caller: Caller, wanted: BarsWanted): Promise<BarLists> {
  const { orgId } = caller.principal;
  return read(
    caller,
    'org.read',
    async (tx) => {
      const market = await findMarket(tx, orgId, wanted.id);
      if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
      if (wanted.last !== undefined) return reduceAll(await loadLastBars(tx, market, wanted.last), wanted.maxPoints);
      const reducer = reduceBars(await countBars(tx, market, wanted), wanted.maxPoints);
      // One chunk after another: of a market of any length no more is in memory, and others get their turn between two
      // of them.
      for await (const bars of eachChunk(tx, market, wanted)) reducer.add(bars);
      return reducer.end();
    },
    'snapshot',
  );
}
