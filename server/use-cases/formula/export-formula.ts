import { withOrg } from '#server/db/database.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { loadDraft } from '../document/draft.ts';

/** A formula as it is at this moment, in the forms that `importFormula` takes. */
export function exportFormula(
  caller: Caller,
  input: { readonly id: string },
): Promise<{ name: string; code: string; json: string; contentHash: string }> {
  const { db, actor } = caller;
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await findFormula(tx, actor.orgId, input.id);
    const draft = row && (await loadDraft(tx, input.id));
    if (!draft) throw new AppError('NOT_FOUND', 'There is no such formula.');
    await recordAct(tx, caller, { action: 'formula.downloaded', entity: 'formula', entityId: input.id });
    const { code, json, contentHash } = draft;
    return { name: row.name, code, json, contentHash };
  });
}
