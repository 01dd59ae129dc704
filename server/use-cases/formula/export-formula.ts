import type { FormulaId } from '#core/requests/ids.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { readDraft } from '../document/draft.ts';

/**
 * A formula as it is at this moment, in the forms that `importFormula` takes. An act, since the audit keeps what was
 * taken out.
 */
export async function exportFormula(
  caller: Reader,
  input: { readonly id: FormulaId },
): Promise<{ name: string; code: string; json: string; contentHash: string }> {
  const draft = await readDraft(caller, 'org.read', input.id);
  return act(caller, 'org.read', async ({ tx, principal, happened }) => {
    const row = await findFormula(tx, principal.orgId, input.id);
    if (!row || !draft) throw new AppError('NOT_FOUND', 'There is no such strategy.');
    happened('formula.downloaded', { formulaId: input.id });
    const { code, json, contentHash } = draft;
    return { name: row.name, code, json, contentHash };
  });
}
