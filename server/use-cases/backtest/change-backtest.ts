import type { BacktestId } from '#core/requests/ids.ts';
import { changeBacktest, findBacktest } from '#server/db/queries/backtests.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

interface Named {
  readonly id: BacktestId;
  /** Empty: what the run was made with is its name again. */
  readonly title: string;
}

export function renameBacktest(caller: Caller, { id, title }: Named): Promise<void> {
  return act(caller, 'backtest.run', async ({ tx, principal: { orgId }, happened }) => {
    const before = await findBacktest(tx, orgId, id);
    if (!before) throw noBacktest();
    const named = title === '' ? null : title;
    await changeBacktest(tx, { orgId, id }, { title: named });
    const { formulaId, status, progress } = before;
    happened('backtest.renamed', { id, formulaId, status, progress, title: [before.title, named] });
  });
}

/** Takes a run out of the lists, or puts it back: a deletion can be undone for a while. */
export function deleteBacktest(
  caller: Caller,
  { id, deleted }: { readonly id: BacktestId; readonly deleted: boolean },
): Promise<void> {
  return act(caller, 'backtest.run', async ({ tx, principal: { orgId }, now, happened }) => {
    const before = await findBacktest(tx, orgId, id);
    if (!before) throw noBacktest();
    if (deleted && (before.status === 'queued' || before.status === 'running'))
      throw new AppError('CONFLICT', 'The backtest has not ended. Cancel it first.');
    await changeBacktest(tx, { orgId, id }, { deletedAt: deleted ? now : null });
    const { formulaId, status, progress } = before;
    happened(deleted ? 'backtest.deleted' : 'backtest.restored', {
      id,
      formulaId,
      status,
      progress,
      deleted: [before.deletedAt !== null, deleted],
    });
  });
}

const noBacktest = () => new AppError('NOT_FOUND', 'There is no such backtest.');
