import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { branches, formulas, merges, users, versions } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';

const origins = alias(formulas, 'origins');

/** Of which strategy and version a formula is a branch; null when of none. */
export async function findOrigin(tx: Tx, orgId: OrgId, formulaId: FormulaId) {
  const [row] = await tx
    .select({
      formulaId: origins.id,
      name: origins.name,
      versionId: branches.originVersionId,
      versionNumber: sql<number>`${versions.number}`,
      contentHash: versions.contentHash,
    })
    .from(branches)
    .innerJoin(origins, and(eq(origins.orgId, branches.orgId), eq(origins.id, branches.originId)))
    .innerJoin(versions, and(eq(versions.orgId, branches.orgId), eq(versions.id, branches.originVersionId)))
    .where(and(eq(branches.orgId, orgId), eq(branches.formulaId, formulaId)));
  return row ?? null;
}

/** The branches of a formula, the newest first; archived ones too. */
export function listBranches(tx: Tx, orgId: OrgId, { originId, ...page }: Page & { readonly originId: FormulaId }) {
  return tx
    .select({
      id: formulas.id,
      name: formulas.name,
      createdBy: users.name,
      createdAt: branches.createdAt,
      updatedAt: formulas.updatedAt,
      archivedAt: formulas.archivedAt,
      versionId: branches.originVersionId,
      versionNumber: sql<number>`${versions.number}`,
    })
    .from(branches)
    .innerJoin(formulas, and(eq(formulas.orgId, branches.orgId), eq(formulas.id, branches.formulaId)))
    .innerJoin(versions, and(eq(versions.orgId, branches.orgId), eq(versions.id, branches.originVersionId)))
    .leftJoin(users, eq(users.id, formulas.createdBy))
    .where(
      and(
        eq(branches.orgId, orgId),
        eq(branches.originId, originId),
        behind(branches.createdAt, branches.formulaId, page),
      ),
    )
    .orderBy(desc(branches.createdAt), desc(branches.formulaId))
    .limit(page.limit);
}

export async function insertBranch(tx: Tx, branch: typeof branches.$inferInsert): Promise<void> {
  await tx.insert(branches).values(branch);
}

export interface Pair {
  readonly branchId: FormulaId;
  /** The version with which both sides are compared. */
  readonly baseId: VersionId;
}

/** The branch among two formulas of which one is a branch of the other; null when neither is. */
export async function findPair(tx: Tx, orgId: OrgId, one: FormulaId, other: FormulaId): Promise<Pair | null> {
  const [branch] = await tx
    .select({ branchId: branches.formulaId, originVersionId: branches.originVersionId })
    .from(branches)
    .where(
      and(
        eq(branches.orgId, orgId),
        or(
          and(eq(branches.formulaId, one), eq(branches.originId, other)),
          and(eq(branches.formulaId, other), eq(branches.originId, one)),
        ),
      ),
    );
  if (!branch) return null;
  const [last] = await tx
    .select({ baseId: merges.nextBaseId })
    .from(merges)
    .where(and(eq(merges.orgId, orgId), eq(merges.branchId, branch.branchId), isNull(merges.undoneAt)))
    .orderBy(desc(merges.mergedAt), desc(merges.id))
    .limit(1);
  return { branchId: branch.branchId, baseId: last?.baseId ?? branch.originVersionId };
}

export async function insertMerge(tx: Tx, merge: typeof merges.$inferInsert): Promise<string> {
  const [row] = await tx.insert(merges).values(merge).returning({ id: merges.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

/** Merges that made one version of another count no more: what they took was taken back. */
export async function undoMerges(
  tx: Tx,
  orgId: OrgId,
  { before, after, now }: { readonly before: VersionId; readonly after: VersionId; readonly now: Date },
): Promise<void> {
  await tx
    .update(merges)
    .set({ undoneAt: now })
    .where(
      and(
        eq(merges.orgId, orgId),
        eq(merges.beforeVersionId, before),
        eq(merges.afterVersionId, after),
        isNull(merges.undoneAt),
      ),
    );
}
