import { and, asc, desc, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type { FormulaId, OrgId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { users, versions } from '../schema/index.ts';

const isVersion = isNotNull(versions.number);

const summary = {
  id: versions.id,
  formulaId: versions.formulaId,
  /** A version has one: `isVersion` leaves out the snapshots of runs. */
  number: sql<number>`${versions.number}`,
  message: versions.message,
  author: users.name,
  contentHash: versions.contentHash,
  errorCount: versions.errorCount,
  createdAt: versions.createdAt,
};

const content = { id: versions.id, json: versions.json, contentHash: versions.contentHash };

/** The newest first; behind the number `cursor`. */
export function listVersions(
  tx: Tx,
  orgId: OrgId,
  { formulaId, cursor, limit }: { formulaId: FormulaId; cursor?: number | undefined; limit: number },
) {
  return tx
    .select(summary)
    .from(versions)
    .innerJoin(users, eq(users.id, versions.authorId))
    .where(
      and(
        eq(versions.orgId, orgId),
        eq(versions.formulaId, formulaId),
        isVersion,
        cursor === undefined ? undefined : lt(versions.number, cursor),
      ),
    )
    .orderBy(desc(versions.number))
    .limit(limit);
}

export async function findVersion(tx: Tx, orgId: OrgId, id: VersionId) {
  const [row] = await tx
    .select({ ...summary, code: versions.code, json: versions.json, parentId: versions.parentId })
    .from(versions)
    .innerJoin(users, eq(users.id, versions.authorId))
    .where(and(eq(versions.orgId, orgId), eq(versions.id, id), isVersion));
  return row ?? null;
}

/** What a run was of, a version or a snapshot. */
export async function findSnapshot(tx: Tx, orgId: OrgId, id: VersionId) {
  const [row] = await tx
    .select(content)
    .from(versions)
    .where(and(eq(versions.orgId, orgId), eq(versions.id, id)));
  return row ?? null;
}

/** The same of this formula alone, and whether it can run. */
export async function findSnapshotOf(tx: Tx, orgId: OrgId, formulaId: FormulaId, id: VersionId) {
  const [row] = await tx
    .select({ ...content, number: versions.number, errorCount: versions.errorCount })
    .from(versions)
    .where(and(eq(versions.orgId, orgId), eq(versions.formulaId, formulaId), eq(versions.id, id)));
  return row ?? null;
}

/** A version or snapshot of a formula that says this; a version before a snapshot. */
export async function findContent(tx: Tx, orgId: OrgId, formulaId: FormulaId, contentHash: string) {
  const [row] = await tx
    .select(content)
    .from(versions)
    .where(and(eq(versions.orgId, orgId), eq(versions.formulaId, formulaId), eq(versions.contentHash, contentHash)))
    .orderBy(asc(sql`${versions.number} is null`), desc(versions.number), asc(versions.createdAt))
    .limit(1);
  return row ?? null;
}

/** What the version says, as a document. */
export async function findVersionState(tx: Tx, orgId: OrgId, id: VersionId) {
  const [row] = await tx
    .select({ formulaId: versions.formulaId, number: summary.number, documentState: versions.documentState })
    .from(versions)
    .where(and(eq(versions.orgId, orgId), eq(versions.id, id), isVersion));
  return row ?? null;
}

export async function findNewestVersion(tx: Tx, orgId: OrgId, formulaId: FormulaId) {
  const [row] = await tx
    .select({
      id: versions.id,
      number: summary.number,
      contentHash: versions.contentHash,
      errorCount: versions.errorCount,
    })
    .from(versions)
    .where(and(eq(versions.orgId, orgId), eq(versions.formulaId, formulaId), isVersion))
    .orderBy(desc(versions.number))
    .limit(1);
  return row ?? null;
}

export async function insertVersion(tx: Tx, version: typeof versions.$inferInsert): Promise<VersionId> {
  const [row] = await tx.insert(versions).values(version).returning({ id: versions.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

/** Of a row of versions: its number; of a snapshot that of the newest version that says the same, or null. */
export const numberOfContent = sql<number | null>`coalesce(${versions.number}, (
  select max(named.number) from versions named
  where named.org_id = ${versions.orgId} and named.formula_id = ${versions.formulaId}
    and named.content_hash = ${versions.contentHash}))`;
