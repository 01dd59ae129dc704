import type { Rebased } from '#server/compute/formula/change-document.ts';
import { notifyDocument, replaceSnapshot } from '#server/db/queries/document-updates.ts';
import { insertEndedEpoch } from '#server/db/queries/epochs.ts';
import { changeLive, type Tending, type Transaction } from './change-live.ts';

/**
 * Puts a fresh copy in the document's place, in a new epoch (rules E1 to E4 of the protocol). What commits before it is
 * in the copy; what comes after it is refused as of an older epoch, and made once more by its client. Returns the
 * epoch; null when there is no such document.
 */
export function rebaseDocument<U extends Transaction>({
  orgId,
  formulaId,
  formulas,
  transact,
  done,
}: Tending<U>): Promise<number | null> {
  return changeLive<U, Rebased, number>(
    { orgId, formulaId },
    {
      transact,
      make: ({ updates, epoch }) => formulas(orgId, 'rebase', { updates, formulaId, epoch: epoch + 1 }),
      take: async (unit, stored, { had, ...fresh }) => {
        const { tx } = unit;
        const epoch = stored.epoch + 1;
        // A sequence of its own: whoever has the old document is behind by it, and hears so as of any other change.
        const sequence = stored.sequence + 1;
        await insertEndedEpoch(tx, formulaId, { epoch: stored.epoch, had });
        await replaceSnapshot(tx, formulaId, { sequence, epoch, ...fresh });
        await notifyDocument(tx, formulaId, sequence);
        done(unit, epoch);
        return epoch;
      },
    },
  );
}
