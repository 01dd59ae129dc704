import { periodReturns } from '#core/engine/periods.ts';
import { reduceRun } from '#core/engine/reduce-run.ts';
import { withOrg, type Tx } from '#server/db/database.ts';
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

/** Points of a curve that a screen can show, and trades that a table can. */
const MOST_POINTS = 10_000;
const MOST_TRADES = 20_000;

/**
 * What a finished run gave, cut down to what a screen shows: its highest and lowest equity are among the points, its months are exact, and the
 * export has all of it.
 */
export function getBacktestResult({ db, actor }: Caller, { id }: { readonly id: string }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const { row, result, time } = await loadResult(tx, actor.orgId, id);
    const { trades, rejected, signals } = result;
    return {
      ...reduceRun({ time, ...result }, MOST_POINTS),
      barCount: time.length,
      trades: trades.slice(0, MOST_TRADES), tradeCount: trades.length, nets: trades.map(({ net }) => net),
      rejected: rejected.slice(0, MOST_TRADES), rejectedCount: rejected.length, signalCount: signals.length,
      months: periodReturns(time, result.equity, row.settings.cash, 'month'), years: periodReturns(time, result.equity, row.settings.cash, 'year'),
      metrics: row.metrics ?? {},
    };
  });
}

export type BacktestParts = Awaited<ReturnType<typeof getBacktestParts>>;

/** A finished run, whole. */
export function getBacktestParts({ db, actor }: Caller, { id }: { readonly id: string }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, (tx) => loadResult(tx, actor.orgId, id));
}

async function loadResult(tx: Tx, orgId: string, id: string) {
  const row = await findBacktest(tx, orgId, id);
  if (!row) throw noBacktest();
  const result = await findBacktestResult(tx, orgId, id);
  const market = await findMarket(tx, orgId, row.marketId);
  if (!result || !market) throw new AppError('NOT_FOUND', `This backtest has no result: it is ${row.status}.`);
  const { time } = await loadBars(tx, market, { from: row.from ?? undefined, to: row.to ?? undefined });
  return { row, result, time };
}

const noBacktest = () => new AppError('NOT_FOUND', 'There is no such backtest.');
