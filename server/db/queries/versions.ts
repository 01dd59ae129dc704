import { and, desc, eq, lt } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { users, versions } from '../schema/index.ts';

const summary = {
  id: versions.id,
  formulaId: versions.formulaId,
  number: versions.number,
  message: versions.message,
  author: users.name,
  contentHash: versions.contentHash,
  errorCount: versions.errorCount,
  createdAt: versions.createdAt,
};

/** The newest first; behind the number `cursor`. */
export function listVersions(
  tx: Tx,
  orgId: string,
  { formulaId, cursor, limit }: { formulaId: string; cursor?: number | undefined; limit: number },
) {
  return tx
    .select(summary)
    .from(versions)
    .innerJoin(users, eq(users.id, versions.authorId))
    .where(
      and(
        eq(versions.orgId, orgId),
        eq(versions.formulaId, formulaId),
        cursor === undefined ? undefined : lt(versions.number, cursor),
      ),
    )
    .orderBy(desc(versions.number))
    .limit(limit);
}

export async function findVersion(tx: Tx, orgId: string, id: string) {
  const [row] = await tx
    .select({ ...summary, code: versions.code, json: versions.json, parentId: versions.parentId })
    .from(versions)
    .innerJoin(users, eq(users.id, versions.authorId))
    .where(and(eq(versions.orgId, orgId), eq(versions.id, id)));
  return row ?? null;
}

/** What the version says, as a document. */
export async function findVersionState(tx: Tx, orgId: string, id: string) {
  const [row] = await tx
    .select({ formulaId: versions.formulaId, number: versions.number, documentState: versions.documentState })
    .from(versions)
    .where(and(eq(versions.orgId, orgId), eq(versions.id, id)));
  return row ?? null;
}

export async function findNewestVersion(tx: Tx, orgId: string, formulaId: string) {
  const [row] = await tx
    .select({
      id: versions.id,
      number: versions.number,
      contentHash: versions.contentHash,
      errorCount: versions.errorCount,
    })
    .from(versions)
    .where(and(eq(versions.orgId, orgId), eq(versions.formulaId, formulaId)))
    .orderBy(desc(versions.number))
    .limit(1);
  return row ?? null;
}

export async function insertVersion(tx: Tx, version: typeof versions.$inferInsert): Promise<string> {
  const [row] = await tx.insert(versions).values(version).returning({ id: versions.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}
