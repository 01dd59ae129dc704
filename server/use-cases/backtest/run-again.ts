import { findBacktest } from '#server/db/queries/backtests.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { queueBacktest } from './queue-backtest.ts';

/** Runs what a backtest was of on the bars as they are now: the same version, market, range, settings and inputs. */
export function runAgain(caller: Caller, { id }: { readonly id: string }): Promise<{ backtestId: string }> {
  return act(caller, 'backtest.run', async (unit) => {
    const row = await findBacktest(unit.tx, unit.principal.orgId, id);
    if (!row) throw new AppError('NOT_FOUND', 'There is no such backtest.');
    const { formulaId, versionId, marketId, settings, inputs, from, to } = row;
    return {
      backtestId: await queueBacktest(unit, { formulaId, versionId, marketId, settings, inputs, from, to }),
    };
  });
}
