import { setImmediate as immediate } from 'node:timers/promises';
import * as Y from 'yjs';
import { firstClient } from '#collab/epoch.ts';
import { burdenOf, requireSame, withoutHistory } from '#collab/rebase.ts';
import { readStored } from '#server/compute/formula/read-stored.ts';
import type { Tx } from '#server/db/database.ts';
import { lockDocument, notifyDocument, replaceSnapshot } from '#server/db/queries/document-updates.ts';
import { insertEndedEpoch } from '#server/db/queries/epochs.ts';
import { loadPaid } from './pay-for-loads.ts';

/**
 * Puts a fresh copy in the document's place, in a new epoch (rules E1 to E4 of the protocol). What commits before it is
 * in the copy; what comes after it is refused as of an older epoch, and made once more by its client. Returns the
 * epoch; null when there is no such document.
 */
export async function rebaseDocument(tx: Tx, formulaId: string): Promise<number | null> {
  const locked = await lockDocument(tx, formulaId);
  // A statement of its own, after the lock: it sees all that was committed before it.
  const stored = locked && (await loadPaid(tx, formulaId));
  if (!stored) return null;
  const old = readStored(stored);
  const epoch = stored.epoch + 1;
  // Each step in a turn of its own: of the largest document each takes up to 100 ms.
  await immediate();
  const fresh = withoutHistory(old, { epoch, client: firstClient(formulaId, epoch) });
  await immediate();
  requireSame(old, fresh);
  await immediate();
  // A sequence of its own: whoever has the old document is behind by it, and hears so as of any other change.
  const sequence = stored.sequence + 1;
  await insertEndedEpoch(tx, formulaId, { epoch: stored.epoch, had: Y.encodeSnapshot(Y.snapshot(old)) });
  await replaceSnapshot(tx, formulaId, { sequence, epoch, state: Y.encodeStateAsUpdate(fresh), ...burdenOf(fresh) });
  await notifyDocument(tx, formulaId, sequence);
  old.destroy();
  fresh.destroy();
  return epoch;
}
