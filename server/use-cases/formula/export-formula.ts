import { findFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { loadDraft } from '../document/draft.ts';

/** A formula as it is at this moment, in the forms that `importFormula` takes. An act, since the audit keeps what was taken out. */
export function exportFormula(
  caller: Caller,
  input: { readonly id: string },
): Promise<{ name: string; code: string; json: string; contentHash: string }> {
  return act(caller, 'org.read', async ({ tx, principal, happened }) => {
    const row = await findFormula(tx, principal.orgId, input.id);
    const draft = row && (await loadDraft(tx, input.id));
    if (!draft) throw new AppError('NOT_FOUND', 'There is no such formula.');
    happened('formula.downloaded', { formulaId: input.id });
    const { code, json, contentHash } = draft;
    return { name: row.name, code, json, contentHash };
  });
}
