import { and, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { SaidOrigin } from '#core/history/history-file.ts';
import type { FormulaId, OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import {
  backtests,
  branches,
  formulas,
  instruments,
  markets,
  memberships,
  publications,
  users,
  versions,
} from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';
import { ofSymbol } from './markets.ts';

/** Of what a formula is a branch. */
const origins = alias(formulas, 'origins');

/** What is published of a formula; null: nothing. */
const published = sql<{ readonly number: number; readonly at: number } | null>`(
  select json_build_object(
    'number', named.number, 'at', (extract(epoch from ${publications.publishedAt}) * 1000)::float8)
  from ${publications} join ${versions} named on named.id = ${publications.versionId}
  where ${publications.formulaId} = ${formulas.id} and ${publications.endedAt} is null)`;

/** The organisation's formulas, the last changed first, each with its newest backtest. */
export async function listFormulas(tx: Tx, orgId: OrgId, { archived, ...page }: Page & { archived: boolean }) {
  const versionCounts = tx.$with('version_counts').as(
    tx
      .select({ formulaId: versions.formulaId, versionCount: count().as('version_count') })
      .from(versions)
      .where(and(eq(versions.orgId, orgId), isNotNull(versions.number)))
      .groupBy(versions.formulaId),
  );
  const lastBacktest = tx
    .select({
      id: backtests.id,
      status: backtests.status,
      metrics: backtests.metrics,
      sketch: backtests.sketch,
      queuedAt: backtests.queuedAt,
      symbol: instruments.symbol,
      timeframe: markets.timeframe,
    })
    .from(backtests)
    .innerJoin(markets, eq(markets.id, backtests.marketId))
    .innerJoin(instruments, ofSymbol)
    .where(and(eq(backtests.formulaId, formulas.id), isNull(backtests.deletedAt)))
    .orderBy(desc(backtests.queuedAt))
    .limit(1)
    .as('last_backtest');
  return tx
    .with(versionCounts)
    .select({
      id: formulas.id,
      name: formulas.name,
      updatedAt: formulas.updatedAt,
      createdBy: users.name,
      tags: formulas.tags,
      branchOf: { id: origins.id, name: origins.name },
      published,
      versionCount: sql<number>`coalesce(${versionCounts.versionCount}, 0)`.mapWith(Number),
      lastBacktest: {
        id: lastBacktest.id,
        status: lastBacktest.status,
        metrics: lastBacktest.metrics,
        sketch: lastBacktest.sketch,
        queuedAt: lastBacktest.queuedAt,
        symbol: lastBacktest.symbol,
        timeframe: lastBacktest.timeframe,
      },
    })
    .from(formulas)
    .leftJoin(users, eq(users.id, formulas.createdBy))
    .leftJoin(branches, and(eq(branches.orgId, formulas.orgId), eq(branches.formulaId, formulas.id)))
    .leftJoin(origins, and(eq(origins.orgId, branches.orgId), eq(origins.id, branches.originId)))
    .leftJoin(versionCounts, eq(versionCounts.formulaId, formulas.id))
    .leftJoinLateral(lastBacktest, sql`true`)
    .where(
      and(
        eq(formulas.orgId, orgId),
        archived ? isNotNull(formulas.archivedAt) : isNull(formulas.archivedAt),
        behind(formulas.updatedAt, formulas.id, page),
      ),
    )
    .orderBy(desc(formulas.updatedAt), desc(formulas.id))
    .limit(page.limit);
}

export async function findFormula(tx: Tx, orgId: OrgId, id: FormulaId) {
  const [row] = await tx
    .select({
      id: formulas.id,
      name: formulas.name,
      createdBy: users.name,
      tags: formulas.tags,
      createdAt: formulas.createdAt,
      updatedAt: formulas.updatedAt,
      archivedAt: formulas.archivedAt,
      saidOrigin: formulas.saidOrigin,
      published,
    })
    .from(formulas)
    .leftJoin(users, eq(users.id, formulas.createdBy))
    .where(and(eq(formulas.orgId, orgId), eq(formulas.id, id)));
  return row ?? null;
}

/** Whether it is a formula of any organisation to which this person belongs; as system. */
export async function isFormulaOfUser(tx: Tx, userId: UserId, id: FormulaId): Promise<boolean> {
  const rows = await tx
    .select({ id: formulas.id })
    .from(formulas)
    .innerJoin(memberships, and(eq(memberships.orgId, formulas.orgId), eq(memberships.userId, userId)))
    .where(eq(formulas.id, id));
  return rows.length > 0;
}

/**
 * The names of the organisation's formulas, archived ones too; until the transaction ends, nobody else gets them from
 * here to choose a new one.
 */
export async function lockFormulaNames(tx: Tx, orgId: OrgId): Promise<string[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`formula names ${orgId}`}, 0))`);
  const rows = await tx.select({ name: formulas.name }).from(formulas).where(eq(formulas.orgId, orgId));
  return rows.map(({ name }) => name);
}

/** Keeps two versions of one formula from taking the same number. False when there is no such formula. */
export async function lockFormula(tx: Tx, orgId: OrgId, id: FormulaId): Promise<boolean> {
  const rows = await tx
    .select({ id: formulas.id })
    .from(formulas)
    .where(and(eq(formulas.orgId, orgId), eq(formulas.id, id)))
    .for('update');
  return rows.length > 0;
}

export async function insertFormula(
  tx: Tx,
  formula: {
    id: FormulaId;
    orgId: OrgId;
    name: string;
    createdBy: UserId | null;
    saidOrigin: SaidOrigin | null;
    now: Date;
  },
): Promise<void> {
  const { now, ...values } = formula;
  await tx.insert(formulas).values({ ...values, createdAt: now, updatedAt: now });
}

export async function updateFormula(
  tx: Tx,
  orgId: OrgId,
  id: FormulaId,
  change: Partial<Pick<typeof formulas.$inferInsert, 'name' | 'tags' | 'updatedAt' | 'archivedAt'>>,
): Promise<void> {
  await tx
    .update(formulas)
    .set(change)
    .where(and(eq(formulas.orgId, orgId), eq(formulas.id, id)));
}
