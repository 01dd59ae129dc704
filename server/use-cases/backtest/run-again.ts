import { mostBars } from '#core/market/most-bars.ts';
import type { BacktestId } from '#core/requests/ids.ts';
import { findBacktest } from '#server/db/queries/backtests.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { findSnapshot } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { queueBacktest } from './queue-backtest.ts';

/** Runs what a backtest was of on the bars as they are now: the same version, market, range, settings and inputs. */
export async function runAgain(
  caller: Reader,
  { id }: { readonly id: BacktestId },
): Promise<{ backtestId: BacktestId }> {
  const { orgId } = caller.principal;
  const { row, version, market } = await read(caller, 'backtest.run', async (tx) => {
    const found = await findBacktest(tx, orgId, id);
    if (!found) throw new AppError('NOT_FOUND', 'There is no such backtest.');
    return {
      row: found,
      version: await findSnapshot(tx, orgId, found.versionId),
      market: await findMarket(tx, orgId, found.marketId),
    };
  });
  if (!version || !market)
    throw new AppError('NOT_FOUND', version ? 'There is no such market.' : 'There is no such version.');
  const { formulaId, versionId, marketId, settings, inputs, from, to } = row;
  const estimate = await caller.formulas(orgId, 'cost', {
    json: version.json,
    costs: { candidates: 1, bars: mostBars(market, from, to) },
  });
  return act(caller, 'backtest.run', async (unit) => ({
    backtestId: await queueBacktest(unit, { formulaId, versionId, marketId, settings, inputs, from, to }, estimate),
  }));
}
