import { isDeepStrictEqual } from 'node:util';
import { settingsFrom } from '#core/engine/outcome/settings.ts';
import type { BacktestId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { countResult, findBacktest, findToCompare } from '#server/db/queries/backtests.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { MOST_COMPARED_SIGNALS, MOST_COMPARED_TRADES } from '#server/policies/limits.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { timesOfRun } from '../run/bars-since.ts';
import { MOST_POINTS } from '../run/present-run.ts';

/** Trades of a group that a table shows. */
const MOST_SHOWN = 1000;

interface Wanted {
  readonly before: BacktestId;
  readonly after: BacktestId;
}

/** What two finished runs of the same bars did differently. */
export async function getBehaviour(caller: Reader, wanted: Wanted) {
  const { orgId } = caller.principal;
  const { before, after, ...found } = await read(caller, 'org.read', async (tx) => {
    const [was, is] = [await findRow(tx, orgId, wanted.before), await findRow(tx, orgId, wanted.after)];
    const isAlike =
      was.marketId === is.marketId &&
      was.from === is.from &&
      was.to === is.to &&
      isDeepStrictEqual(settingsFrom(was.settings), settingsFrom(is.settings));
    if (!isAlike) throw new AppError('INVALID', 'These runs are of other bars or settings: run both once more.');
    const market = await findMarket(tx, orgId, was.marketId);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    return {
      before: was,
      after: is,
      barTimes: await timesOfRun(tx, market, was),
      first: await findResult(tx, orgId, wanted.before),
      second: await findResult(tx, orgId, wanted.after),
    };
  });
  // Nothing is locked and no connection is held: of the longest runs this takes a second.
  const compared = await caller.formulas(orgId, 'behaviour', {
    ...found,
    mostPoints: MOST_POINTS,
    mostShown: MOST_SHOWN,
  });
  if (!compared) throw new AppError('INVALID', 'The bars have changed between these runs: run both once more.');
  const { firstBar, curves, changed, ...told } = compared;
  return {
    ...told,
    barCount: found.barTimes.length,
    firstBar,
    firstTime: firstBar === null ? null : (found.barTimes[firstBar] ?? null),
    time: curves.time,
    before: curves.drawdown,
    after: curves.benchmark,
    difference: curves.equity,
    beforeMetrics: before.metrics ?? {},
    afterMetrics: after.metrics ?? {},
    changed: { ...changed, differs: changed.differs.map((differs) => [...differs]) },
  };
}

async function findRow(tx: Tx, orgId: OrgId, id: BacktestId) {
  const row = await findBacktest(tx, orgId, id);
  if (!row) throw new AppError('NOT_FOUND', 'There is no such backtest.');
  if (row.status !== 'succeeded') throw new AppError('NOT_FOUND', `This backtest has no result: it is ${row.status}.`);
  return row;
}

async function findResult(tx: Tx, orgId: OrgId, id: BacktestId) {
  const counts = await countResult(tx, orgId, id);
  if (!counts) throw new AppError('NOT_FOUND', 'This backtest has no result.');
  const { trades, signals } = counts;
  if (trades > MOST_COMPARED_TRADES)
    throw new AppError(
      'INVALID',
      `One of the runs made ${trades.toLocaleString('en')} trades; ${MOST_COMPARED_TRADES.toLocaleString('en')} can be compared. Choose a shorter range.`,
    );
  if (signals > MOST_COMPARED_SIGNALS)
    throw new AppError(
      'INVALID',
      `One of the runs gave ${signals.toLocaleString('en')} signals; ${MOST_COMPARED_SIGNALS.toLocaleString('en')} can be compared. Choose a shorter range.`,
    );
  const result = await findToCompare(tx, orgId, id);
  if (!result) throw new AppError('NOT_FOUND', 'This backtest has no result.');
  return result;
}
