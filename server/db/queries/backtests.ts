import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RejectedOrder, Signal, Trade } from '#core/engine/outcome/backtest-result.ts';
import type { BacktestId, FormulaId, MarketId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import type { KeptResult } from '../keep-result.ts';
import { bytesOf, columnOf } from '../numbers.ts';
import { backtestResults, backtests, formulas, instruments, markets, users, versions } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';
import { ofSymbol } from './markets.ts';
import { runColumns } from './run-columns.ts';

export type BacktestRow = typeof backtests.$inferSelect;
type Status = BacktestRow['status'];

const summary = {
  ...runColumns(backtests),
  inputs: backtests.inputs,
  metrics: backtests.metrics,
  title: backtests.title,
  deletedAt: backtests.deletedAt,
};

const summaries = (tx: Tx) =>
  tx
    .select({ ...summary, code: versions.code })
    .from(backtests)
    .innerJoin(formulas, eq(formulas.id, backtests.formulaId))
    .innerJoin(versions, eq(versions.id, backtests.versionId))
    .innerJoin(markets, eq(markets.id, backtests.marketId))
    .innerJoin(instruments, ofSymbol)
    .leftJoin(users, eq(users.id, backtests.requestedBy));

/** The newest first. */
export const listBacktests = (tx: Tx, orgId: OrgId, filter: Page & { formulaId?: FormulaId | undefined }) =>
  summaries(tx)
    .where(
      and(
        eq(backtests.orgId, orgId),
        isNull(backtests.deletedAt),
        filter.formulaId === undefined ? undefined : eq(backtests.formulaId, filter.formulaId),
        behind(backtests.queuedAt, backtests.id, filter),
      ),
    )
    .orderBy(desc(backtests.queuedAt), desc(backtests.id))
    .limit(filter.limit);

export async function findBacktest(tx: Tx, orgId: OrgId, id: BacktestId) {
  const [row] = await summaries(tx).where(and(eq(backtests.orgId, orgId), eq(backtests.id, id)));
  return row ?? null;
}

export async function insertBacktest(tx: Tx, backtest: typeof backtests.$inferInsert): Promise<BacktestId> {
  const [row] = await tx.insert(backtests).values(backtest).returning({ id: backtests.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

/** Renames a backtest, deletes it or brings it back; null when there is none. */
export async function changeBacktest(
  tx: Tx,
  { orgId, id }: { readonly orgId: OrgId; readonly id: BacktestId },
  change: Partial<Pick<BacktestRow, 'title' | 'deletedAt'>>,
): Promise<BacktestRow | null> {
  const [row] = await tx
    .update(backtests)
    .set(change)
    .where(and(eq(backtests.orgId, orgId), eq(backtests.id, id)))
    .returning();
  return row ?? null;
}

/** Forgets what was deleted before this moment. */
export async function forgetDeletedBacktests(tx: Tx, before: Date): Promise<void> {
  await tx.delete(backtests).where(lt(backtests.deletedAt, before));
}

/** An earlier run that answers the same question; null when there is none. */
export async function findAnswer(
  tx: Tx,
  orgId: OrgId,
  resultKey: string,
): Promise<Pick<BacktestRow, 'id' | 'metrics' | 'sketch' | 'engineVersion'> | null> {
  const [row] = await tx
    .select({
      id: backtests.id,
      metrics: backtests.metrics,
      sketch: backtests.sketch,
      engineVersion: backtests.engineVersion,
    })
    .from(backtests)
    .innerJoin(backtestResults, eq(backtestResults.backtestId, backtests.id))
    .where(and(eq(backtests.orgId, orgId), eq(backtests.resultKey, resultKey), eq(backtests.status, 'succeeded')))
    .limit(1);
  return row ?? null;
}

/**
 * A run of this market that answers this question, or is about to: whoever asks again may look at it. A finished run
 * comes first.
 */
export async function findRunOf(
  tx: Tx,
  orgId: OrgId,
  { marketId, resultKey }: { readonly marketId: MarketId; readonly resultKey: string },
): Promise<BacktestId | null> {
  const [row] = await tx
    .select({ id: backtests.id })
    .from(backtests)
    .where(
      and(
        eq(backtests.orgId, orgId),
        eq(backtests.resultKey, resultKey),
        eq(backtests.marketId, marketId),
        isNull(backtests.deletedAt),
        inArray(backtests.status, ['succeeded', 'running', 'queued']),
      ),
    )
    .orderBy(desc(sql`${backtests.status} = 'succeeded'`), desc(sql`${backtests.status} = 'running'`))
    .limit(1);
  return row?.id ?? null;
}

/** Gives a backtest the result of another. */
export async function copyBacktestResult(
  tx: Tx,
  orgId: OrgId,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.execute(sql`insert into ${backtestResults} (backtest_id, org_id, trades, rejected, signals, equity,
    drawdown, benchmark)
    select ${to}::uuid, org_id, trades, rejected, signals, equity, drawdown, benchmark from ${backtestResults}
      where org_id = ${orgId}::uuid and backtest_id = ${from}::uuid`);
}

/** Changes a backtest that is in one of the states `from`; null when it is in another, or gone. */
export async function moveBacktest(
  tx: Tx,
  { orgId, id }: { readonly orgId: OrgId; readonly id: BacktestId },
  from: readonly Status[],
  change: Partial<BacktestRow>,
): Promise<BacktestRow | null> {
  const [row] = await tx
    .update(backtests)
    .set(change)
    .where(and(eq(backtests.orgId, orgId), eq(backtests.id, id), inArray(backtests.status, [...from])))
    .returning();
  return row ?? null;
}

export async function insertBacktestResult(
  tx: Tx,
  orgId: OrgId,
  backtestId: BacktestId,
  { lists, equity, drawdown, benchmark }: KeptResult,
): Promise<void> {
  const json = (text: string) => sql`${text}::jsonb`;
  await tx
    .insert(backtestResults)
    .values({
      orgId,
      backtestId,
      trades: json(lists.trades),
      rejected: json(lists.rejected),
      signals: json(lists.signals),
      equity: bytesOf(equity),
      drawdown: bytesOf(drawdown),
      benchmark: bytesOf(benchmark),
    })
    .onConflictDoNothing();
}

const itemsOf = <Item>(column: PgColumn, from: number, to: number) =>
  sql<Item[]>`jsonb_path_query_array(${column}, ${`$[${from} to ${to}]`}::jsonpath)`;
const countOf = (column: PgColumn) => sql<number>`jsonb_array_length(${column})`;

/**
 * A result without its signals, of which a screen shows only the number; of its lists the first `most`, and the net
 * profit of each further trade.
 */
export async function findShownResult(tx: Tx, orgId: OrgId, backtestId: BacktestId, most: number) {
  const { trades, rejected, signals, equity, drawdown, benchmark } = backtestResults;
  const [row] = await tx
    .select({
      trades: itemsOf<Trade>(trades, 0, most - 1),
      tradeCount: countOf(trades),
      furtherNets: sql<number[]>`jsonb_path_query_array(${trades}, ${`$[${most} to last].net`}::jsonpath)`,
      rejected: itemsOf<RejectedOrder>(rejected, 0, most - 1),
      rejectedCount: countOf(rejected),
      signalCount: countOf(signals),
      equity,
      drawdown,
      benchmark,
    })
    .from(backtestResults)
    .where(and(eq(backtestResults.orgId, orgId), eq(backtestResults.backtestId, backtestId)));
  return (
    row && {
      ...row,
      equity: Array.from(columnOf(row.equity)),
      drawdown: Array.from(columnOf(row.drawdown)),
      benchmark: Array.from(columnOf(row.benchmark)),
    }
  );
}

/** The curves of a result over some of its bars. */
export async function findCurves(
  tx: Tx,
  orgId: OrgId,
  backtestId: BacktestId,
  { start, length }: { start: number; length: number },
) {
  const part = (column: PgColumn) =>
    sql<Uint8Array>`substring(${column} from ${start * 8 + 1}::int for ${length * 8}::int)`;
  const { equity, drawdown, benchmark } = backtestResults;
  const [row] = await tx
    .select({ equity: part(equity), drawdown: part(drawdown), benchmark: part(benchmark) })
    .from(backtestResults)
    .where(and(eq(backtestResults.orgId, orgId), eq(backtestResults.backtestId, backtestId)));
  return (
    row && {
      equity: Array.from(columnOf(row.equity)),
      drawdown: Array.from(columnOf(row.drawdown)),
      benchmark: Array.from(columnOf(row.benchmark)),
    }
  );
}

/** The lists of a result. */
export type ResultList = 'trades' | 'rejected' | 'signals';
interface Items {
  readonly trades: Trade;
  readonly rejected: RejectedOrder;
  readonly signals: Signal;
}

/** How long the lists of a result are; undefined when there is no result. */
export async function countResult(
  tx: Tx,
  orgId: OrgId,
  backtestId: BacktestId,
): Promise<Readonly<Record<ResultList, number>> | undefined> {
  const { trades, rejected, signals } = backtestResults;
  const [row] = await tx
    .select({ trades: countOf(trades), rejected: countOf(rejected), signals: countOf(signals) })
    .from(backtestResults)
    .where(and(eq(backtestResults.orgId, orgId), eq(backtestResults.backtestId, backtestId)));
  return row;
}

/**
 * What of a result is compared with another, as text: parsing the longest lists takes seconds. Of signals what tells
 * them apart, which is half of what is stored of them.
 */
export async function findToCompare(tx: Tx, orgId: OrgId, backtestId: BacktestId) {
  const { trades, signals, equity } = backtestResults;
  const [row] = await tx
    .select({
      trades: sql<string>`${trades}::text`,
      signals: sql<string>`(
        select coalesce(
          json_agg(json_build_object('bar', s.bar, 'kind', s.kind, 'note', s.note) order by s.place), '[]')
        from rows from (jsonb_to_recordset(${signals}) as (bar int, kind text, note text))
          with ordinality as s(bar, kind, note, place))::text`,
      equity,
    })
    .from(backtestResults)
    .where(and(eq(backtestResults.orgId, orgId), eq(backtestResults.backtestId, backtestId)));
  return row && { ...row, equity: columnOf(row.equity) };
}

/** Items of a list of a result, from `start` on. */
export async function findItems<List extends ResultList>(
  tx: Tx,
  orgId: OrgId,
  backtestId: BacktestId,
  { list, start, length }: { readonly list: List; readonly start: number; readonly length: number },
): Promise<readonly Items[List][]> {
  const [row] = await tx
    .select({ items: itemsOf<Items[List]>(backtestResults[list], start, start + length - 1) })
    .from(backtestResults)
    .where(and(eq(backtestResults.orgId, orgId), eq(backtestResults.backtestId, backtestId)));
  return row?.items ?? [];
}
