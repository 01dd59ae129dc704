import type { DecimalSign } from '#core/market/read-number.ts';
import type { TimesAre } from '#core/market/resolve-opens.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { receiveFile } from './receive-file.ts';
import { takeBars, type Taken } from './take-bars.ts';

export interface BarsToAdd {
  readonly marketId: string;
  /** Chosen by the browser, to know its own progress events. */
  readonly importId: string;
  readonly times?: TimesAre | undefined;
  readonly decimals?: DecimalSign | undefined;
  /** The correction that somebody has seen and wants, as an answer has named it. */
  readonly seen?: string | undefined;
}

/**
 * Adds the bars of a CSV to a market, all of them or none. Bars that would change what is there are only told of, until
 * somebody says that they have seen exactly these.
 */
export async function addBars(
  caller: Reader,
  { marketId, importId, times, decimals, seen }: BarsToAdd,
  body: AsyncIterable<Uint8Array>,
): Promise<Taken> {
  requirePermission(caller.principal, 'market.manage');
  const market = await read(caller, 'market.manage', (tx) => findMarket(tx, caller.principal.orgId, marketId));
  if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
  const { timeframe } = market;
  const file = await receiveFile(caller, { importId, done: 'added', timeframe, times, decimals }, body);
  return act(caller, 'market.manage', (unit) =>
    takeBars(
      unit,
      { marketId, bars: file, hasVolume: file.hasVolume, correct: seen === undefined ? null : { seen } },
      caller.formulas,
    ),
  );
}
