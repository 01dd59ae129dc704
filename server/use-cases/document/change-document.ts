import { setImmediate as immediate } from 'node:timers/promises';
import { writeEdits } from '#collab/write-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { readFormula, readStored } from '#server/compute/formula/read-stored.ts';
import type { Tx } from '#server/db/database.ts';
import { appendUpdates, lockDocument, notifyDocument } from '#server/db/queries/document-updates.ts';
import { AppError } from '#server/errors.ts';
import { EDITORS } from '#server/policies/permissions.ts';
import { loadPaid } from './pay-for-loads.ts';

interface Place {
  readonly orgId: string;
  readonly formulaId: string;
  /** Null where no person stands behind the change. */
  readonly actorId: string | null;
}

/**
 * Edits the live document in the caller's transaction: nobody else changes it in between, and everybody who has it
 * open, on any server, sees it at the commit. `edits` is given the formula as it is. False when there is no such
 * document.
 */
export async function changeDocument(
  tx: Tx,
  { orgId, formulaId, actorId }: Place,
  edits: (now: Formula) => readonly Edit[],
): Promise<boolean> {
  const locked = await lockDocument(tx, formulaId);
  const stored = locked && (await loadPaid(tx, formulaId));
  if (!stored) return false;
  const doc = readStored(stored);
  await immediate();
  const changes: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => changes.push(bytes));
  const wanted = edits(readFormula(doc));
  await immediate();
  writeEdits(doc, wanted, actorId);
  doc.destroy();
  if (changes.length === 0) return true;
  const appended = await appendUpdates(
    tx,
    { orgId, formulaId, after: stored.sequence, epoch: stored.epoch, editors: EDITORS },
    changes.map((bytes) => ({ actorId, bytes })),
  );
  if (appended === 'forbidden') throw new AppError('FORBIDDEN', 'Your role does not allow you to edit any more.');
  await notifyDocument(tx, formulaId, stored.sequence + changes.length);
  return true;
}
