import { and, asc, desc, eq, isNull, max, sql } from 'drizzle-orm';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import {
  damagedDocuments,
  formulaEpochs,
  formulas,
  formulaSnapshots,
  formulaUpdates,
  users,
  versions,
} from '../schema/index.ts';
import { foldUpdates } from './contributions.ts';

/** False when it is marked already, or gone. */
export async function markUnreadable(tx: Tx, formulaId: FormulaId): Promise<boolean> {
  const rows = await tx
    .update(formulas)
    .set({ unreadableSince: sql`now()` })
    .where(and(eq(formulas.id, formulaId), isNull(formulas.unreadableSince)))
    .returning({ id: formulas.id });
  return rows.length > 0;
}

/** What is stored of a document, as it is. */
export interface StoredRows {
  /** Null when it is gone. */
  readonly snapshot: Uint8Array | null;
  readonly epoch: number;
  /** The sequence of the snapshot, and after it that of each update. */
  readonly sequence: number;
  readonly updates: readonly { readonly sequence: number; readonly bytes: Uint8Array }[];
}

/** As `loadStoredRows`, with the snapshot locked where there is one. */
export async function lockStoredRows(tx: Tx, formulaId: FormulaId): Promise<StoredRows> {
  await tx
    .select({ epoch: formulaSnapshots.epoch })
    .from(formulaSnapshots)
    .where(eq(formulaSnapshots.formulaId, formulaId))
    .for('update');
  return loadStoredRows(tx, formulaId);
}

/**
 * Also of a document without a snapshot. The updates are read before the snapshot: when a compaction commits in
 * between, the snapshot has them already, and nothing seems to be missing.
 */
export async function loadStoredRows(tx: Tx, formulaId: FormulaId): Promise<StoredRows> {
  const stored = await tx
    .select({ sequence: formulaUpdates.sequence, bytes: formulaUpdates.bytes })
    .from(formulaUpdates)
    .where(eq(formulaUpdates.formulaId, formulaId))
    .orderBy(asc(formulaUpdates.sequence));
  const [snapshot] = await tx
    .select({ epoch: formulaSnapshots.epoch, sequence: formulaSnapshots.sequence, bytes: formulaSnapshots.state })
    .from(formulaSnapshots)
    .where(eq(formulaSnapshots.formulaId, formulaId));
  const updates = snapshot ? stored.filter(({ sequence }) => sequence > snapshot.sequence) : stored;
  if (snapshot) return { snapshot: snapshot.bytes, epoch: snapshot.epoch, sequence: snapshot.sequence, updates };
  const [ended] = await tx
    .select({ epoch: max(formulaEpochs.epoch) })
    .from(formulaEpochs)
    .where(eq(formulaEpochs.formulaId, formulaId));
  return { snapshot: null, epoch: (ended?.epoch ?? 0) + 1, sequence: (updates[0]?.sequence ?? 1) - 1, updates };
}

interface FreshDocument {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
  readonly epoch: number;
  readonly sequence: number;
  readonly state: Uint8Array;
}

/** Puts a fresh document in the place of what is stored, which is kept beside. */
export async function replaceDamaged(
  tx: Tx,
  { orgId, formulaId, ...fresh }: FreshDocument,
  { snapshot, epoch, sequence, updates }: StoredRows,
): Promise<void> {
  const rows = [...(snapshot ? [{ sequence, bytes: snapshot }] : []), ...updates];
  if (rows.length > 0)
    await tx.insert(damagedDocuments).values(rows.map((row) => ({ orgId, formulaId, epoch, ...row })));
  await foldUpdates(tx, formulaId, { after: -1, upTo: Number.MAX_SAFE_INTEGER });
  const values = { ...fresh, clients: 1, dead: 0, compactedAt: null };
  await tx
    .insert(formulaSnapshots)
    .values({ orgId, formulaId, ...values })
    .onConflictDoUpdate({ target: formulaSnapshots.formulaId, set: values });
  await tx.update(formulas).set({ unreadableSince: null }).where(eq(formulas.id, formulaId));
}

/** The formula's versions, and what was run of it, with what they say; the newest first. */
export function listVersionContents(
  tx: Tx,
  formulaId: FormulaId,
  page: { readonly limit: number; readonly offset: number },
) {
  return tx
    .select({
      id: versions.id,
      number: versions.number,
      message: versions.message,
      author: users.name,
      createdAt: versions.createdAt,
      json: versions.json,
    })
    .from(versions)
    .innerJoin(users, eq(users.id, versions.authorId))
    .where(eq(versions.formulaId, formulaId))
    .orderBy(desc(versions.number))
    .limit(page.limit)
    .offset(page.offset);
}
