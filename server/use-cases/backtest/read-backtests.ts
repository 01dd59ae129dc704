import { periodReturns } from '#core/engine/figures/periods.ts';
import { reduceRun } from '#core/engine/outcome/reduce-run.ts';
import { columnsOfTrades } from '#core/engine/outcome/trade-columns.ts';
import { indexFrom } from '#core/market/index-from.ts';
import { calendarTime } from '#core/market/timeframe.ts';
import type { BacktestId, FormulaId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import {
  countResult,
  findBacktest,
  findCurves,
  findItems,
  findShownResult,
  type ResultList,
  listBacktests as select,
} from '#server/db/queries/backtests.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { barsSince, timesOfRun } from '../run/bars-since.ts';
import { MOST_POINTS, MOST_TRADES, presentRun } from '../run/present-run.ts';

type Row = NonNullable<Awaited<ReturnType<typeof findBacktest>>>;

export function listBacktests(caller: Caller, wanted: Page & { readonly formulaId?: FormulaId | undefined }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) =>
    (await select(tx, orgId, wanted)).map((row) => {
      const { code: _code, ...summary } = presentBacktest(row);
      return summary;
    }),
  );
}

export function getBacktest(caller: Caller, { id }: { readonly id: BacktestId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const row = await findBacktest(tx, orgId, id);
    if (!row) throw noBacktest();
    return { ...presentBacktest(row), bars: await barsSince(tx, orgId, row) };
  });
}

/**
 * What a finished run gave, cut down to what a screen shows: its highest and lowest equity are among the points, its
 * months are exact, and the export has all of it.
 */
export function getBacktestResult(caller: Caller, { id }: { readonly id: BacktestId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const { row, market } = await findRun(tx, orgId, id);
    const result = await findShownResult(tx, orgId, id, MOST_TRADES);
    if (!result) throw noResult(row);
    const time = await timesOfRun(tx, market, row);
    const dates = time.map((at) => calendarTime(at, market.timeframe));
    const { trades, tradeCount, furtherNets, rejected, rejectedCount, signalCount } = result;
    return {
      ...reduceRun({ time, ...result }, MOST_POINTS),
      barCount: time.length,
      trades: columnsOfTrades(trades),
      tradeCount,
      furtherNets,
      rejected,
      rejectedCount,
      signalCount,
      months: periodReturns(dates, result.equity, row.settings.cash, 'month'),
      years: periodReturns(dates, result.equity, row.settings.cash, 'year'),
      metrics: row.metrics ?? {},
    };
  });
}

export interface CurveWanted {
  readonly id: BacktestId;
  /** UTC milliseconds, both included. */
  readonly from: number;
  readonly to: number;
}

/** The curves of a finished run over part of its time, as fine as a screen can show them. */
export function getBacktestCurve(caller: Caller, { id, from, to }: CurveWanted) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const { row, market } = await findRun(tx, orgId, id);
    const time = await timesOfRun(tx, market, row);
    const start = indexFrom(time, from);
    const part = time.subarray(start, indexFrom(time, to + 1));
    const curves = await findCurves(tx, orgId, id, { start, length: part.length });
    if (!curves) throw noResult(row);
    return reduceRun({ time: part, ...curves }, MOST_POINTS);
  });
}

/** A finished run of which the parts are read when they are written: whole, a result has a hundred MB. */
export interface BacktestParts {
  readonly row: Row;
  readonly time: Float64Array;
  readonly counts: Readonly<Record<ResultList, number>>;
  list<List extends ResultList>(list: List, start: number, length: number): ReturnType<typeof findItems<List>>;
  curves(
    start: number,
    length: number,
  ): Promise<{
    readonly equity: readonly number[];
    readonly drawdown: readonly number[];
    readonly benchmark: readonly number[];
  }>;
}

/** Each part is read when its turn comes. */
export async function getBacktestParts(
  caller: Caller,
  { id }: { readonly id: BacktestId },
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<BacktestParts> {
  const { orgId } = caller.principal;
  const readPart = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTurn(() => read(caller, 'org.read', work));
  const found = await readPart(async (tx) => {
    const { row, market } = await findRun(tx, orgId, id);
    const counts = await countResult(tx, orgId, id);
    if (!counts) throw noResult(row);
    return { row, counts, time: await timesOfRun(tx, market, row) };
  });
  return {
    ...found,
    list: (list, start, length) => readPart((tx) => findItems(tx, orgId, id, { list, start, length })),
    curves: async (start, length) => {
      const curves = await readPart((tx) => findCurves(tx, orgId, id, { start, length }));
      if (!curves) throw noBacktest();
      return curves;
    },
  };
}

async function findRun(tx: Tx, orgId: OrgId, id: BacktestId) {
  const row = await findBacktest(tx, orgId, id);
  if (!row) throw noBacktest();
  const market = await findMarket(tx, orgId, row.marketId);
  if (!market) throw noResult(row);
  return { row, market };
}

const presentBacktest = <Shown extends Row>({ deletedAt, ...row }: Shown) => ({
  ...presentRun(row),
  deletedAt: deletedAt?.getTime() ?? null,
});

const noResult = ({ status }: Row) => new AppError('NOT_FOUND', `This backtest has no result: it is ${status}.`);

const noBacktest = () => new AppError('NOT_FOUND', 'There is no such backtest.');

/** Records that a backtest was taken out of the organisation, before it is given. */
export function recordDownload(
  caller: Caller,
  download: { readonly id: BacktestId; readonly what: string },
): Promise<void> {
  return act(caller, 'org.read', async ({ happened }) => happened('backtest.downloaded', download));
}
