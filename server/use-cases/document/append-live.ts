import type { FormulaId } from '#core/requests/ids.ts';
import { appendUpdates, notifyDocument } from '#server/db/queries/document-updates.ts';
import type { StoredDocument } from '#server/db/queries/documents.ts';
import { AppError } from '#server/errors.ts';
import { EDITORS } from '#server/policies/permissions.ts';
import { userOf } from '#server/policies/principal.ts';
import type { Unit } from '../act/act.ts';

/** Appends changes to a live document: everybody who has it open, on any server, sees them at the commit. */
export async function appendLive(
  { tx, principal }: Unit,
  formulaId: FormulaId,
  { sequence, epoch }: StoredDocument,
  changes: readonly Uint8Array[],
): Promise<void> {
  if (changes.length === 0) return;
  const actorId = userOf(principal);
  const appended = await appendUpdates(
    tx,
    { orgId: principal.orgId, formulaId, after: sequence, epoch, editors: EDITORS },
    changes.map((bytes) => ({ actorId, bytes })),
  );
  if (appended === 'forbidden') throw new AppError('FORBIDDEN', 'Your role does not allow you to edit any more.');
  await notifyDocument(tx, formulaId, sequence + changes.length);
}
