import type { Inputs } from '#core/engine/sweep/space.ts';
import { findSweep } from '#server/db/queries/sweeps.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { queueBacktest } from '../backtest/queue-backtest.ts';
import type { Caller } from '../context.ts';

/** Runs one candidate of a sweep with all its trades: the same version, market, range and settings. O(values of the axes): nothing is drawn. */
export function openCandidate(
  caller: Caller,
  { id, inputs }: { readonly id: string; readonly inputs: Inputs },
): Promise<{ backtestId: string }> {
  return act(caller, 'backtest.run', async (unit) => {
    const sweep = await findSweep(unit.tx, unit.principal.orgId, id);
    if (!sweep) throw new AppError('NOT_FOUND', 'There is no such sweep.');
    const isSwept =
      Object.keys(inputs).length === new Set(sweep.axes.map(({ name }) => name)).size &&
      sweep.axes.every(
        ({ name, values }) => Object.hasOwn(inputs, name) && values.some((value) => value === inputs[name]),
      );
    if (!isSwept) throw new AppError('NOT_FOUND', 'The sweep has no such settings.');
    const { formulaId, versionId, marketId, settings, from, to } = sweep;
    return {
      backtestId: await queueBacktest(unit, { formulaId, versionId, marketId, settings, inputs, from, to }),
    };
  });
}
