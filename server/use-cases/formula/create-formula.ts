import { readText } from '#core/formula/json/read-text.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import { withOrg, type Tx } from '#server/db/database.ts';
import { insertSnapshot } from '#server/db/queries/documents.ts';
import { findFormula, insertFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { loadDraft, newDocument } from '../document/draft.ts';
import { payForText } from '../document/pay-for-loads.ts';
import { requireQuota } from '../quota.ts';

/** Makes a formula, empty or from code or JSON. What can't be read is refused with its problems; code that does not check is a draft. */
export async function createFormula(
  caller: Caller,
  input: { readonly name: string; readonly code?: string | undefined },
): Promise<{ id: string }> {
  const { db, actor } = caller;
  requirePermission(actor, 'formula.edit');
  await payForText(input.code ?? '');
  const formula = input.code === undefined ? EMPTY_FORMULA : readCode(input.code);
  return withOrg(db, actor.orgId, (tx) => storeFormula(tx, caller, input.name, formula, 'formula.created'));
}

/** A copy of the formula as it is now, without its history and versions. */
export function duplicateFormula(
  caller: Caller,
  input: { readonly id: string; readonly name?: string | undefined },
): Promise<{ id: string }> {
  const { db, actor } = caller;
  requirePermission(actor, 'formula.edit');
  return withOrg(db, actor.orgId, async (tx) => {
    const original = await findFormula(tx, actor.orgId, input.id);
    const draft = original && (await loadDraft(tx, input.id));
    if (!draft) throw new AppError('NOT_FOUND', 'There is no such formula.');
    return storeFormula(tx, caller, input.name ?? copyName(original.name), draft.formula, 'formula.duplicated');
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

/** Stores a new formula with its shared document, in the caller's transaction. */
export async function storeFormula(
  tx: Tx,
  caller: Pick<Caller, 'actor' | 'from' | 'now'>,
  name: string,
  formula: Formula,
  action: 'formula.created' | 'formula.duplicated' | 'formula.imported',
): Promise<{ id: string }> {
  const { orgId, userId } = caller.actor;
  await requireQuota(tx, orgId, 'formulas');
  await requireQuota(tx, orgId, 'documentBytes');
  const id = await insertFormula(tx, { orgId, name, createdBy: userId, now: caller.now });
  await insertSnapshot(tx, { orgId, formulaId: id, state: newDocument(id, formula, name) });
  await recordAct(tx, caller, { action, entity: 'formula', entityId: id, difference: { name: [null, name] } });
  await appendEvent(tx, orgId, { kind: 'formula.changed', payload: { formulaId: id } });
  return { id };
}
