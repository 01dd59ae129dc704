import { withOrg } from '#server/db/database.ts';
import { findBacktest, findBacktestResult, listBacktests as select } from '#server/db/queries/backtests.ts';
import { findMarket, loadBars } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

type Row = NonNullable<Awaited<ReturnType<typeof findBacktest>>>;

const present = ({ queuedAt, startedAt, finishedAt, ...row }: Row) => ({ ...row, queuedAt: queuedAt.getTime(), startedAt: startedAt?.getTime() ?? null, finishedAt: finishedAt?.getTime() ?? null });

const LISTED = 200;

export function listBacktests({ db, actor }: Caller, { formulaId }: { readonly formulaId?: string | undefined }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => (await select(tx, actor.orgId, { formulaId, limit: LISTED })).map((row) => {
    const { code: _code, ...summary } = present(row);
    return summary;
  }));
}

export function getBacktest({ db, actor }: Caller, { id }: { readonly id: string }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await findBacktest(tx, actor.orgId, id);
    if (!row) throw noBacktest();
    return present(row);
  });
}

/** Everything that a finished run gave, with the times of its bars. */
export function getBacktestResult({ db, actor }: Caller, { id }: { readonly id: string }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await findBacktest(tx, actor.orgId, id);
    if (!row) throw noBacktest();
    const result = await findBacktestResult(tx, actor.orgId, id);
    const market = await findMarket(tx, actor.orgId, row.marketId);
    if (!result || !market) throw new AppError('NOT_FOUND', `This backtest has no result: it is ${row.status}.`);
    const { time } = await loadBars(tx, market, { from: row.from ?? undefined, to: row.to ?? undefined });
    return { ...result, time: Array.from(time), metrics: row.metrics ?? {} };
  });
}

const noBacktest = () => new AppError('NOT_FOUND', 'There is no such backtest.');
