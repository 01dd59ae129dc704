import type { Inputs } from '#core/engine/sweep/space.ts';
import { mostBars } from '#core/market/most-bars.ts';
import type { BacktestId, SweepId } from '#core/requests/ids.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { findSweep } from '#server/db/queries/sweeps.ts';
import { findSnapshot } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import { queueBacktest } from '../backtest/queue-backtest.ts';
import type { Reader } from '../context.ts';

/**
 * Runs one candidate of a sweep with all its trades: the same version, market, range and settings. O(values of the
 * axes): nothing is drawn.
 */
export async function openCandidate(
  caller: Reader,
  { id, inputs }: { readonly id: SweepId; readonly inputs: Inputs },
): Promise<{ backtestId: BacktestId }> {
  const { orgId } = caller.principal;
  const { sweep, version, market } = await read(caller, 'backtest.run', async (tx) => {
    const found = await findSweep(tx, orgId, id);
    if (!found) throw new AppError('NOT_FOUND', 'There is no such sweep.');
    return {
      sweep: found,
      version: await findSnapshot(tx, orgId, found.versionId),
      market: await findMarket(tx, orgId, found.marketId),
    };
  });
  const isSwept =
    Object.keys(inputs).length === new Set(sweep.axes.map(({ name }) => name)).size &&
    sweep.axes.every(
      ({ name, values }) => Object.hasOwn(inputs, name) && values.some((value) => value === inputs[name]),
    );
  if (!isSwept) throw new AppError('NOT_FOUND', 'The sweep has no such settings.');
  if (!version || !market)
    throw new AppError('NOT_FOUND', version ? 'There is no such market.' : 'There is no such version.');
  const { formulaId, versionId, marketId, settings, from, to } = sweep;
  const estimate = await caller.formulas(orgId, 'cost', {
    json: version.json,
    costs: { candidates: 1, bars: mostBars(market, from, to) },
  });
  return act(caller, 'backtest.run', async (unit) => ({
    backtestId: await queueBacktest(unit, { formulaId, versionId, marketId, settings, inputs, from, to }, estimate),
  }));
}
