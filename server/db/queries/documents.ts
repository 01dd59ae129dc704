import { and, eq, gt, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { withoutDeepValues } from '#collab/scan-update.ts';
import type { Tx } from '../database.ts';
import { formulaSnapshots, formulaUpdates } from '../schema/index.ts';

export interface StoredDocument {
  /** The sequence of the last update in it. */
  readonly sequence: number;
  readonly epoch: number;
  /** To be applied in this order to an empty document. */
  readonly updates: readonly Uint8Array[];
}

/**
 * The shared document as committed. One statement, so that snapshot and updates are of one moment, even while the realtime server
 * replaces the one and deletes the others.
 */
export async function loadDocument(tx: Tx, formulaId: string): Promise<StoredDocument | null> {
  const snapshot = tx
    .select({ sequence: formulaSnapshots.sequence, epoch: formulaSnapshots.epoch, bytes: formulaSnapshots.state })
    .from(formulaSnapshots)
    .where(eq(formulaSnapshots.formulaId, formulaId));
  const updates = tx
    .select({ sequence: formulaUpdates.sequence, epoch: sql<number>`0`, bytes: formulaUpdates.bytes })
    .from(formulaUpdates)
    .where(
      and(
        eq(formulaUpdates.formulaId, formulaId),
        gt(
          formulaUpdates.sequence,
          sql`(select ${formulaSnapshots.sequence} from ${formulaSnapshots} where ${formulaSnapshots.formulaId} = ${formulaId})`,
        ),
      ),
    );
  const rows = await unionAll(snapshot, updates);
  const ordered = rows.toSorted((a, b) => a.sequence - b.sequence);
  const [first] = ordered;
  if (!first) return null;
  return {
    sequence: ordered.at(-1)?.sequence ?? first.sequence,
    epoch: first.epoch,
    updates: ordered.map((row) => readable(row.bytes)),
  };
}

/** Values that are nested so deeply that whoever reads them runs out of stack were taken once. Nothing is lost with them but the values. */
function readable(update: Uint8Array): Uint8Array {
  try {
    return withoutDeepValues(update);
  } catch {
    // What is no update says so itself where it is applied.
    return update;
  }
}

export async function insertSnapshot(
  tx: Tx,
  snapshot: { orgId: string; formulaId: string; state: Uint8Array },
): Promise<void> {
  await tx.insert(formulaSnapshots).values({ ...snapshot, sequence: 0 });
}
