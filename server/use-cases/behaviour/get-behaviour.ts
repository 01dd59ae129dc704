import { isDeepStrictEqual } from 'node:util';
import { compareRuns } from '#core/behaviour/compare-runs.ts';
import type { TradeDifference } from '#core/behaviour/match-trades.ts';
import type { Trade } from '#core/engine/outcome/backtest-result.ts';
import { reduceRun } from '#core/engine/outcome/reduce-run.ts';
import { settingsFrom } from '#core/engine/outcome/settings.ts';
import { columnsOfTrades } from '#core/engine/outcome/trade-columns.ts';
import type { BacktestId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { countResult, findBacktest, findCurves, findItems } from '#server/db/queries/backtests.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { MOST_COMPARED_SIGNALS, MOST_COMPARED_TRADES } from '#server/policies/limits.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { timesOfRun } from '../run/bars-since.ts';
import { MOST_POINTS } from '../run/present-run.ts';

/** Trades of a group that a table shows. */
const MOST_SHOWN = 1000;

interface Wanted {
  readonly before: BacktestId;
  readonly after: BacktestId;
}

/** What two finished runs of the same bars did differently. */
export function getBehaviour(caller: Caller, wanted: Wanted) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const [before, after] = [await findRow(tx, orgId, wanted.before), await findRow(tx, orgId, wanted.after)];
    const isAlike =
      before.marketId === after.marketId &&
      before.from === after.from &&
      before.to === after.to &&
      isDeepStrictEqual(settingsFrom(before.settings), settingsFrom(after.settings));
    if (!isAlike) throw new AppError('INVALID', 'These runs are of other bars or settings: run both once more.');
    const market = await findMarket(tx, orgId, before.marketId);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    const time = await timesOfRun(tx, market, before);
    const [first, second] = [
      await factsOf(tx, orgId, wanted.before, time.length),
      await factsOf(tx, orgId, wanted.after, time.length),
    ];
    const found = compareRuns(first, second);
    if (!found || first.equity.length !== time.length)
      throw new AppError('INVALID', 'The bars have changed between these runs: run both once more.');
    const { trades, firstBar } = found;
    // Where the two are farthest apart is among the points.
    const difference = second.equity.map((value, bar) => value - (first.equity[bar] ?? Number.NaN));
    const reduced = reduceRun(
      { time, equity: difference, drawdown: first.equity, benchmark: second.equity },
      MOST_POINTS,
    );
    return {
      barCount: time.length,
      firstBar,
      firstTime: firstBar === null ? null : (time[firstBar] ?? null),
      time: reduced.time,
      before: reduced.drawdown,
      after: reduced.benchmark,
      difference: reduced.equity,
      beforeMetrics: before.metrics ?? {},
      afterMetrics: after.metrics ?? {},
      signals: found.signals,
      sameCount: trades.same.length,
      changed: {
        count: trades.changed.length,
        before: shown(trades.changed.map((pair) => pair.before)),
        after: shown(trades.changed.map((pair) => pair.after)),
        differs: trades.changed.slice(0, MOST_SHOWN).map((pair): TradeDifference[] => [...pair.differs]),
      },
      onlyBefore: { count: trades.onlyBefore.length, trades: shown(trades.onlyBefore) },
      onlyAfter: { count: trades.onlyAfter.length, trades: shown(trades.onlyAfter) },
    };
  });
}

const shown = (trades: readonly Trade[]) => columnsOfTrades(trades.slice(0, MOST_SHOWN));

async function findRow(tx: Tx, orgId: OrgId, id: BacktestId) {
  const row = await findBacktest(tx, orgId, id);
  if (!row) throw new AppError('NOT_FOUND', 'There is no such backtest.');
  if (row.status !== 'succeeded') throw new AppError('NOT_FOUND', `This backtest has no result: it is ${row.status}.`);
  return row;
}

async function factsOf(tx: Tx, orgId: OrgId, id: BacktestId, length: number) {
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
  const curves = await findCurves(tx, orgId, id, { start: 0, length });
  return {
    equity: curves?.equity ?? [],
    trades: await findItems(tx, orgId, id, { list: 'trades', start: 0, length: Math.max(1, trades) }),
    signals: await findItems(tx, orgId, id, { list: 'signals', start: 0, length: Math.max(1, signals) }),
  };
}
