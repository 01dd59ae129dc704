import { and, eq, gt, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { addWeights, NO_WEIGHT, withoutDeepValues, type Weight } from '#collab/scan-update.ts';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { formulaSnapshots, formulaUpdates } from '../schema/index.ts';

export interface StoredDocument {
  /** The sequence of the last update in it. */
  readonly sequence: number;
  readonly epoch: number;
  /** To be applied in this order to an empty document. */
  readonly updates: readonly Uint8Array[];
  /** Of all updates together. */
  readonly weight: Weight;
}

/**
 * The shared document as committed. One statement, so that snapshot and updates are of one moment, even while the
 * realtime server replaces the one and deletes the others.
 */
export async function loadDocument(tx: Tx, formulaId: FormulaId): Promise<StoredDocument | null> {
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
          sql`(select ${formulaSnapshots.sequence} from ${formulaSnapshots}
            where ${formulaSnapshots.formulaId} = ${formulaId})`,
        ),
      ),
    );
  const rows = await unionAll(snapshot, updates);
  const ordered = rows.toSorted((a, b) => a.sequence - b.sequence);
  const [first] = ordered;
  if (!first) return null;
  const read = ordered.map((row) => readable(row.bytes));
  return {
    sequence: ordered.at(-1)?.sequence ?? first.sequence,
    epoch: first.epoch,
    updates: read.map(({ update }) => update),
    weight: read.reduce((sum, { weight }) => addWeights(sum, weight), NO_WEIGHT),
  };
}

/**
 * How many bytes of a document are stored; null when there is none. Reads none of them: long values lie in chunks
 * beside the row.
 */
export async function sizeOfDocument(tx: Tx, formulaId: FormulaId): Promise<number | null> {
  const [row] = await tx
    .select({
      bytes: sql<number>`octet_length(${formulaSnapshots.state}) + coalesce((select
          sum(octet_length(${formulaUpdates.bytes}))
        from ${formulaUpdates} where ${formulaUpdates.formulaId} = ${formulaSnapshots.formulaId}
          and ${formulaUpdates.sequence} > ${formulaSnapshots.sequence}), 0)`.mapWith(Number),
    })
    .from(formulaSnapshots)
    .where(eq(formulaSnapshots.formulaId, formulaId));
  return row?.bytes ?? null;
}

/**
 * Values that are nested so deeply that whoever reads them runs out of stack were taken once. Nothing is lost with them
 * but the values.
 */
function readable(update: Uint8Array): { readonly update: Uint8Array; readonly weight: Weight } {
  try {
    return withoutDeepValues(update);
  } catch {
    // What is no update says so itself where it is applied.
    return { update, weight: { ...NO_WEIGHT, bytes: update.length } };
  }
}

export async function insertSnapshot(
  tx: Tx,
  snapshot: { orgId: OrgId; formulaId: FormulaId; state: Uint8Array },
): Promise<void> {
  await tx.insert(formulaSnapshots).values({ ...snapshot, sequence: 0 });
}
