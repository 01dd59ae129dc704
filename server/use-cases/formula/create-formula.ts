import { fromJson } from '#core/formula/json/json.ts';
import { readText } from '#core/formula/json/read-text.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import { insertSnapshot } from '#server/db/queries/documents.ts';
import { findFormula, insertFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { userOf } from '#server/policies/principal.ts';
import { act, type Unit } from '../act/act.ts';
import type { Caller, Reader } from '../context.ts';
import { newDocument, readDraft } from '../document/draft.ts';
import { payForText } from '../document/pay-for-loads.ts';
import { requireQuota } from '../quota.ts';

/**
 * Makes a formula, empty or from code or JSON. What can't be read is refused with its problems; code that does not
 * check is a draft.
 */
export async function createFormula(
  caller: Caller,
  input: { readonly name: string; readonly code?: string | undefined },
): Promise<{ id: string }> {
  requirePermission(caller.principal, 'formula.edit');
  await payForText(input.code ?? '');
  const formula = input.code === undefined ? EMPTY_FORMULA : readCode(input.code);
  return act(caller, 'formula.edit', (unit) => storeFormula(unit, input.name, formula, 'formula.created'));
}

/** A copy of the formula as it is now, without its history and versions. */
export async function duplicateFormula(
  caller: Reader,
  input: { readonly id: string; readonly name?: string | undefined },
): Promise<{ id: string }> {
  const draft = await readDraft(caller, 'formula.edit', input.id);
  const formula = draft && fromJson(JSON.parse(draft.json));
  return act(caller, 'formula.edit', async (unit) => {
    const original = await findFormula(unit.tx, unit.principal.orgId, input.id);
    if (!original || !formula) throw new AppError('NOT_FOUND', 'There is no such formula.');
    if (!formula.ok) throw new AppError('FORMULA_INVALID', formula.error[0]?.message ?? 'The formula has errors.');
    return storeFormula(unit, input.name ?? copyName(original.name), formula.value, 'formula.duplicated');
  });
}

/** Reads code, or JSON in its place. Throws FORMULA_INVALID with every problem when it can't be read. */
export function readCode(code: string): Formula {
  const { formula, diagnostics } = readText(code);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0)
    throw new AppError('FORMULA_INVALID', errors[0]?.message ?? 'The code can not be read.', { diagnostics });
  return formula;
}

const copyName = (name: string): string => `${name.slice(0, 90)} (copy)`;

/** Stores a new formula with its shared document. */
export async function storeFormula(
  { tx, principal, now, happened }: Unit,
  name: string,
  formula: Formula,
  action: 'formula.created' | 'formula.duplicated' | 'formula.imported',
): Promise<{ id: string }> {
  const { orgId } = principal;
  await requireQuota(tx, orgId, 'formulas');
  await requireQuota(tx, orgId, 'documentBytes');
  const id = await insertFormula(tx, { orgId, name, createdBy: userOf(principal), now });
  await insertSnapshot(tx, { orgId, formulaId: id, state: newDocument(id, formula, name) });
  happened(action, { formulaId: id, name });
  return { id };
}
