import { reduceRun } from '#core/engine/outcome/reduce-run.ts';
import { columnsOfTrades } from '#core/engine/outcome/trade-columns.ts';
import type { FormulaId, SweepId } from '#core/requests/ids.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { findForwardResult, findSweep, findSweepResult, listSweeps as select } from '#server/db/queries/sweeps.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { barsSince } from '../run/bars-since.ts';
import { MOST_POINTS, MOST_TRADES, presentRun } from '../run/present-run.ts';

export function listSweeps(caller: Caller, wanted: Page & { readonly formulaId?: FormulaId | undefined }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => (await select(tx, orgId, wanted)).map(presentRun));
}

export function getSweep(caller: Caller, { id }: { readonly id: SweepId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const row = await findSweep(tx, orgId, id);
    if (!row) throw noSweep();
    return { ...presentRun(row), bars: await barsSince(tx, orgId, row) };
  });
}

/** The figures of every candidate; which candidate is which follows from the axes and the search. */
export function getSweepResult(caller: Caller, { id }: { readonly id: SweepId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const row = await findSweep(tx, orgId, id);
    if (!row) throw noSweep();
    const result = await findSweepResult(tx, orgId, id);
    if (!result) throw new AppError('NOT_FOUND', `This sweep has no result: it is ${row.status}.`);
    return {
      keys: result.keys,
      /** Little-endian float64 as base64: as JSON, ten thousand rows of ten figures would be two megabytes. */
      figures: Buffer.from(result.figures).toString('base64'),
      refused: result.refused,
    };
  });
}

/**
 * What a walk-forward traded out of sample, window by window; its curves and trades cut down to what a screen shows.
 */
export function getForwardResult(caller: Caller, { id }: { readonly id: SweepId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const row = await findSweep(tx, orgId, id);
    if (!row) throw noSweep();
    const result = await findForwardResult(tx, orgId, id);
    if (!result)
      throw new AppError(
        'NOT_FOUND',
        row.windows ? `This walk-forward has no result: it is ${row.status}.` : 'This is a sweep without windows.',
      );
    const { windows, trades, time, ...forward } = result;
    const first = windows[0]?.outOfSample.from ?? 0;
    const timeOf = (bar: number): number => time[bar - first] ?? Number.NaN;
    return {
      ...forward,
      ...reduceRun(result, MOST_POINTS),
      windows: windows.map((window) => ({
        ...window,
        from: timeOf(window.outOfSample.from),
        to: timeOf(window.outOfSample.to - 1),
      })),
      trades: columnsOfTrades(trades.slice(0, MOST_TRADES)),
    };
  });
}

const noSweep = () => new AppError('NOT_FOUND', 'There is no such sweep.');
