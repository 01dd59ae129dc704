import { idOf, type FormulaId } from '#core/requests/ids.ts';
import { insertSnapshot } from '#server/db/queries/documents.ts';
import { findFormula, insertFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { userOf } from '#server/policies/principal.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { loadPaid, payForText } from '../document/pay-for-loads.ts';
import { requireQuota } from '../quota.ts';

/**
 * Makes a formula, empty or from code or JSON. What can't be read is refused with its problems; code that does not
 * check is a draft.
 */
export async function createFormula(
  caller: Reader,
  input: { readonly name: string; readonly code?: string | undefined },
): Promise<{ id: FormulaId }> {
  requirePermission(caller.principal, 'formula.edit');
  const { name, code: text = '' } = input;
  await payForText(text);
  const id = idOf('formula', crypto.randomUUID());
  const state = await caller.formulas(caller.principal.orgId, 'ofText', { formulaId: id, title: name, text });
  return act(caller, 'formula.edit', (unit) => storeFormula(unit, { id, name, state }, 'formula.created'));
}

/** A copy of the formula as it is now, without its history and versions. */
export async function duplicateFormula(
  caller: Reader,
  input: { readonly id: FormulaId; readonly name?: string | undefined },
): Promise<{ id: FormulaId }> {
  const { orgId } = caller.principal;
  const original = await read(caller, 'formula.edit', async (tx) => {
    const row = await findFormula(tx, orgId, input.id);
    const stored = row && (await loadPaid(tx, input.id));
    return stored && { name: row.name, updates: stored.updates };
  });
  if (!original) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  const { updates } = original;
  const [id, name] = [idOf('formula', crypto.randomUUID()), input.name ?? copyName(original.name)];
  const state = await caller.formulas(orgId, 'copy', { formulaId: id, title: name, updates });
  return act(caller, 'formula.edit', (unit) => storeFormula(unit, { id, name, state }, 'formula.duplicated'));
}

const copyName = (name: string): string => `${name.slice(0, 90)} (copy)`;

interface NewFormula {
  readonly id: FormulaId;
  readonly name: string;
  /** Its shared document, as one update. */
  readonly state: Uint8Array;
}

/** Stores a new formula with its shared document. */
export async function storeFormula(
  { tx, principal, now, happened }: Unit,
  { id, name, state }: NewFormula,
  action: 'formula.created' | 'formula.duplicated' | 'formula.imported',
): Promise<{ id: FormulaId }> {
  const { orgId } = principal;
  await requireQuota(tx, orgId, 'formulas');
  await requireQuota(tx, orgId, 'documentBytes');
  await insertFormula(tx, { id, orgId, name, createdBy: userOf(principal), now });
  await insertSnapshot(tx, { orgId, formulaId: id, state });
  happened(action, { formulaId: id, name });
  return { id };
}
