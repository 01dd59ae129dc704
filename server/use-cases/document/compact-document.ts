import { replaceSnapshot } from '#server/db/queries/document-updates.ts';
import type { Tending, Transaction } from './change-live.ts';
import { loadPaid } from './pay-for-loads.ts';

/**
 * Makes snapshot and updates one snapshot again. Safe at any time: nobody's document changes by it, and what is
 * appended meanwhile stays beside it.
 */
export async function compactDocument<U extends Transaction>({
  orgId,
  formulaId,
  formulas,
  transact,
  done,
}: Tending<U>): Promise<void> {
  const stored = await transact((unit) => {
    unit.nothingHappened();
    return loadPaid(unit.tx, formulaId);
  });
  if (!stored || stored.updates.length < 2) return;
  const { sequence, epoch, updates } = stored;
  const compacted = await formulas(orgId, 'compact', { updates });
  await transact(async (unit) => {
    await replaceSnapshot(unit.tx, formulaId, { sequence, epoch, ...compacted });
    done(unit, epoch);
  });
}
