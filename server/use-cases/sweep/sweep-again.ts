import { mostBars } from '#core/market/most-bars.ts';
import type { SweepId } from '#core/requests/ids.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { findSweep } from '#server/db/queries/sweeps.ts';
import { findSnapshot } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { queueSweep } from './queue-sweep.ts';

/**
 * Runs what a sweep or a walk-forward was of on the bars as they are now: the same version, market, range, settings,
 * values and windows.
 */
export async function sweepAgain(caller: Reader, { id }: { readonly id: SweepId }): Promise<{ sweepId: SweepId }> {
  const { orgId } = caller.principal;
  const { row, version, market } = await read(caller, 'backtest.run', async (tx) => {
    const found = await findSweep(tx, orgId, id);
    if (!found) throw new AppError('NOT_FOUND', 'There is no such sweep.');
    return {
      row: found,
      version: await findSnapshot(tx, orgId, found.versionId),
      market: await findMarket(tx, orgId, found.marketId),
    };
  });
  if (!version || !market)
    throw new AppError('NOT_FOUND', version ? 'There is no such market.' : 'There is no such version.');
  const { formulaId, versionId, marketId, settings, axes, search, windows, candidateCount, rankedBy, from, to } = row;
  const bars = mostBars(market, from, to);
  const estimate = await caller.formulas(orgId, 'cost', {
    json: version.json,
    costs: { candidates: candidateCount, axes, windows, bars },
  });
  const asked = { formulaId, versionId, marketId, settings, axes, search, windows, candidateCount, rankedBy, from, to };
  return act(caller, 'backtest.run', async (unit) => ({ sweepId: await queueSweep(unit, asked, { estimate, bars }) }));
}
