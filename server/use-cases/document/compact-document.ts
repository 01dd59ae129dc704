import * as Y from 'yjs';
import { burdenOf } from '#collab/rebase.ts';
import { readStored } from '#server/compute/formula/read-stored.ts';
import type { Tx } from '#server/db/database.ts';
import { replaceSnapshot } from '#server/db/queries/document-updates.ts';
import { loadPaid } from './pay-for-loads.ts';

/** Makes snapshot and updates one snapshot again. Safe at any time: nobody's document changes by it. */
export async function compactDocument(tx: Tx, formulaId: string): Promise<void> {
  const stored = await loadPaid(tx, formulaId);
  if (!stored || stored.updates.length < 2) return;
  const doc = readStored(stored);
  const { sequence, epoch } = stored;
  await replaceSnapshot(tx, formulaId, { sequence, epoch, state: Y.encodeStateAsUpdate(doc), ...burdenOf(doc) });
  doc.destroy();
}
