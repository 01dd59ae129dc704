import type { FormulaId } from '#core/requests/ids.ts';
import type { Draft } from '#server/compute/formula/draft.ts';
import { FORMULA_TASKS } from '#server/compute/formula/formula-tasks.ts';
import type { Tx } from '#server/db/database.ts';
import type { StoredDocument } from '#server/db/queries/documents.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { read } from '../act/read.ts';
import type { Right } from '../act/right.ts';
import type { Caller, Reader } from '../context.ts';
import { loadPaid } from './pay-for-loads.ts';

/**
 * The formula as it is in the shared document at this moment; null when there is none. What the realtime server has
 * acknowledged is committed, so the database has all of it. Before the act that takes it: while a formula is read,
 * nothing is locked and no connection is held.
 */
export async function readDraft(caller: Reader, right: Right, formulaId: FormulaId): Promise<Draft | null> {
  const stored = await readLive(caller, right, formulaId);
  return stored && caller.formulas(caller.principal.orgId, 'draft', { updates: stored.updates });
}

/** What is stored of the live document, paid for; null when there is no such formula. */
export function readLive(caller: Caller, right: Right, formulaId: FormulaId): Promise<StoredDocument | null> {
  const { orgId } = caller.principal;
  return read(caller, right, async (tx) =>
    (await findFormula(tx, orgId, formulaId)) ? loadPaid(tx, formulaId) : null,
  );
}

/**
 * As `readDraft`, in a transaction that must see what is there and nothing newer: read on this thread, since nobody
 * waits for another with a lock.
 */
export async function loadDraft(tx: Tx, formulaId: FormulaId): Promise<Draft | null> {
  const stored = await loadPaid(tx, formulaId);
  return stored && FORMULA_TASKS.draft({ updates: stored.updates });
}
