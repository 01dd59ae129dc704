import { and, asc, eq, gt, lt, lte, sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { loadDocument, type StoredDocument } from './documents.ts';
import { formulas, formulaSnapshots, formulaUpdates } from '../schema/index.ts';

export interface NewUpdate {
  readonly actorId: string | null;
  readonly bytes: Uint8Array;
}

/**
 * Holds the document until the transaction ends, and returns the sequence of its last update. Whoever appends holds it to the commit, so
 * committed updates are always a prefix. Null when there is no such document any more.
 */
export async function lockDocument(tx: Tx, formulaId: string): Promise<number | null> {
  const [snapshot] = await tx
    .select({ sequence: formulaSnapshots.sequence })
    .from(formulaSnapshots)
    .where(eq(formulaSnapshots.formulaId, formulaId))
    .for('update');
  if (!snapshot) return null;
  // A statement of its own: it must see what was committed while this one waited for the lock.
  const [last] = await tx
    .select({ sequence: sql<number | null>`max(${formulaUpdates.sequence})`.mapWith(Number) })
    .from(formulaUpdates)
    .where(eq(formulaUpdates.formulaId, formulaId));
  return Math.max(snapshot.sequence, last?.sequence ?? 0);
}

/** Call with the document locked; `after` is the sequence of its last update. */
export async function insertUpdates(tx: Tx, document: { orgId: string; formulaId: string; after: number }, updates: readonly NewUpdate[]): Promise<void> {
  const { after, ...ids } = document;
  await tx.insert(formulaUpdates).values(updates.map((update, i) => ({ ...ids, ...update, sequence: after + 1 + i })));
}

/** What was committed after `sequence`: the whole document when some of that is in the snapshot already, nothing when there is nothing. */
export async function readUpdatesAfter(tx: Tx, formulaId: string, sequence: number): Promise<Pick<StoredDocument, 'sequence' | 'updates'> | null> {
  const rows = await tx
    .select({ sequence: formulaUpdates.sequence, bytes: formulaUpdates.bytes })
    .from(formulaUpdates)
    .where(and(eq(formulaUpdates.formulaId, formulaId), gt(formulaUpdates.sequence, sequence)))
    .orderBy(asc(formulaUpdates.sequence));
  const last = rows.at(-1);
  if (last && rows[0]?.sequence === sequence + 1) return { sequence: last.sequence, updates: rows.map(({ bytes }) => bytes) };
  const all = await loadDocument(tx, formulaId);
  return all?.sequence === sequence ? { sequence, updates: [] } : all;
}

/** Puts `state`, which contains everything up to `sequence`, in place of the snapshot and of the updates it covers. */
export async function replaceSnapshot(tx: Tx, formulaId: string, sequence: number, state: Uint8Array): Promise<void> {
  const replaced = await tx
    .update(formulaSnapshots)
    .set({ sequence, state })
    .where(and(eq(formulaSnapshots.formulaId, formulaId), lt(formulaSnapshots.sequence, sequence)))
    .returning({ sequence: formulaSnapshots.sequence });
  if (replaced.length === 0) return;
  await tx.delete(formulaUpdates).where(and(eq(formulaUpdates.formulaId, formulaId), lte(formulaUpdates.sequence, sequence)));
}

/** The list of formulas shows when each was last changed; to some seconds, so that not every edit writes a row more. */
export async function touchFormula(tx: Tx, formulaId: string): Promise<void> {
  const stale = lt(formulas.updatedAt, sql`now() - interval '10 seconds'`);
  await tx.update(formulas).set({ updatedAt: sql`now()` }).where(and(eq(formulas.id, formulaId), stale));
}

export async function organisationOfDocument(tx: Tx, formulaId: string): Promise<string | null> {
  const [row] = await tx.select({ orgId: formulaSnapshots.orgId }).from(formulaSnapshots).where(eq(formulaSnapshots.formulaId, formulaId));
  return row?.orgId ?? null;
}
