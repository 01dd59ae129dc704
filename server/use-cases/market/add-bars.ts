import type { ReadOptions } from '#core/market/read-csv.ts';
import type { DecimalSign } from '#core/market/read-number.ts';
import type { TimesAre } from '#core/market/resolve-opens.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import type { MarketId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { loadTimes } from '#server/db/queries/bar-chunks.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { receiveFile } from './receive-file.ts';
import { takeBars, type Taken } from './take-bars.ts';
import { learnReaders } from './tell-bots.ts';

export interface BarsToAdd {
  readonly marketId: MarketId;
  /** Chosen by the browser, to know its own progress events. */
  readonly importId: string;
  readonly times?: TimesAre | undefined;
  readonly decimals?: DecimalSign | undefined;
  /** The correction that somebody has seen and wants, as an answer has named it. */
  readonly seen?: string | undefined;
  /** Whether bars are added though something is odd about them; the answer names what that is in any case. */
  readonly anyway?: boolean | undefined;
}

/**
 * Adds the bars of a CSV to a market, all of them or none. What the file does not say of its times is as in the files
 * that the market was made of. Bars that would change what is there are only told of, until somebody says that they
 * have seen exactly these.
 */
export async function addBars(
  caller: Reader,
  { marketId, importId, times, decimals, seen, anyway }: BarsToAdd,
  body: AsyncIterable<Uint8Array>,
): Promise<Taken> {
  requirePermission(caller.principal, 'market.manage');
  const market = await read(caller, 'market.manage', (tx) => findSeries(tx, caller.principal.orgId, marketId));
  if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
  const file = await receiveFile(caller, { importId, done: 'added', ...market, times, decimals }, body);
  await learnReaders(caller, marketId);
  return act(caller, 'market.manage', (unit) =>
    takeBars(unit, {
      marketId,
      bars: file,
      hasVolume: file.hasVolume,
      correct: seen === undefined ? null : { seen },
      anyway,
    }),
  );
}

/** So many of the newest bars say where one that is named by its close began. */
const NEWEST = 400;

/**
 * What a file that is added is read by: how long the bars of the market last, how its files name them, and when the
 * newest open.
 */
async function findSeries(
  tx: Tx,
  orgId: OrgId,
  marketId: MarketId,
): Promise<Pick<ReadOptions, 'timeframe' | 'series'> | null> {
  const market = await findMarket(tx, orgId, marketId);
  if (!market) return null;
  const { timeframe, timesAre, lastTime } = market;
  const opens = await loadTimes(tx, market, { from: lastTime - NEWEST * timeframeLength(timeframe) });
  return { timeframe, series: { timesAre, opens } };
}
