import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import type { FormulaId, OrgId, SweepId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import type { KeptForward } from '../keep-result.ts';
import { bytesOf, columnOf } from '../numbers.ts';
import {
  forwardResults,
  formulas,
  instruments,
  markets,
  sweepResults,
  sweeps,
  users,
  versions,
} from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';
import { ofSymbol } from './markets.ts';
import { runColumns } from './run-columns.ts';

export type SweepRow = typeof sweeps.$inferSelect;
type Status = SweepRow['status'];

const summaries = (tx: Tx) =>
  tx
    .select({
      ...runColumns(sweeps),
      axes: sweeps.axes,
      search: sweeps.search,
      windows: sweeps.windows,
      candidateCount: sweeps.candidateCount,
      rankedBy: sweeps.rankedBy,
      best: sweeps.best,
    })
    .from(sweeps)
    .innerJoin(formulas, eq(formulas.id, sweeps.formulaId))
    .innerJoin(versions, eq(versions.id, sweeps.versionId))
    .innerJoin(markets, eq(markets.id, sweeps.marketId))
    .innerJoin(instruments, ofSymbol)
    .leftJoin(users, eq(users.id, sweeps.requestedBy));

/** The newest first. */
export const listSweeps = (tx: Tx, orgId: OrgId, filter: Page & { formulaId?: FormulaId | undefined }) =>
  summaries(tx)
    .where(
      and(
        eq(sweeps.orgId, orgId),
        filter.formulaId === undefined ? undefined : eq(sweeps.formulaId, filter.formulaId),
        behind(sweeps.queuedAt, sweeps.id, filter),
      ),
    )
    .orderBy(desc(sweeps.queuedAt), desc(sweeps.id))
    .limit(filter.limit);

export async function findSweep(tx: Tx, orgId: OrgId, id: SweepId) {
  const [row] = await summaries(tx).where(and(eq(sweeps.orgId, orgId), eq(sweeps.id, id)));
  return row ?? null;
}

export async function insertSweep(tx: Tx, sweep: typeof sweeps.$inferInsert): Promise<SweepId> {
  const [row] = await tx.insert(sweeps).values(sweep).returning({ id: sweeps.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

/** Changes a sweep that is in one of the states `from`; null when it is in another, or gone. */
export async function moveSweep(
  tx: Tx,
  { orgId, id }: { readonly orgId: OrgId; readonly id: SweepId },
  from: readonly Status[],
  change: Partial<SweepRow>,
): Promise<SweepRow | null> {
  const [row] = await tx
    .update(sweeps)
    .set(change)
    .where(and(eq(sweeps.orgId, orgId), eq(sweeps.id, id), inArray(sweeps.status, [...from])))
    .returning();
  return row ?? null;
}

export async function insertSweepResult(tx: Tx, orgId: OrgId, sweepId: SweepId, table: SweepTable): Promise<void> {
  const { figures, keys, refused } = table;
  await tx
    .insert(sweepResults)
    // A copy: the driver takes no shared memory.
    .values({ orgId, sweepId, keys, figures: bytesOf(figures.slice()), refused: [...refused] })
    .onConflictDoNothing();
}

export async function findSweepResult(tx: Tx, orgId: OrgId, sweepId: SweepId) {
  const [row] = await tx
    .select()
    .from(sweepResults)
    .where(and(eq(sweepResults.orgId, orgId), eq(sweepResults.sweepId, sweepId)));
  return row ?? null;
}

/** `time`: that of each bar that was traded. */
export async function insertForwardResult(
  tx: Tx,
  orgId: OrgId,
  sweepId: SweepId,
  { json, time, equity, drawdown, benchmark }: KeptForward & { readonly time: Float64Array },
): Promise<void> {
  await tx
    .insert(forwardResults)
    .values({
      orgId,
      sweepId,
      forward: sql`${json}::jsonb`,
      time: bytesOf(time),
      equity: bytesOf(equity),
      drawdown: bytesOf(drawdown),
      benchmark: bytesOf(benchmark),
    })
    .onConflictDoNothing();
}

export async function findForwardResult(tx: Tx, orgId: OrgId, sweepId: SweepId) {
  const [row] = await tx
    .select()
    .from(forwardResults)
    .where(and(eq(forwardResults.orgId, orgId), eq(forwardResults.sweepId, sweepId)));
  return row
    ? {
        ...row.forward,
        time: Array.from(columnOf(row.time)),
        equity: Array.from(columnOf(row.equity)),
        drawdown: Array.from(columnOf(row.drawdown)),
        benchmark: Array.from(columnOf(row.benchmark)),
      }
    : null;
}
