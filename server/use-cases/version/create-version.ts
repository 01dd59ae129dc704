import type { FormulaId } from '#core/requests/ids.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { readDraft } from '../document/draft.ts';
import { takeVersion, type TakenVersion } from './take-version.ts';

/** Saves the formula as it is in the shared document at this moment. */
export async function createVersion(
  caller: Reader,
  input: { readonly formulaId: FormulaId; readonly message: string },
): Promise<TakenVersion> {
  const draft = await readDraft(caller, 'version.create', input.formulaId);
  return act(caller, 'version.create', (unit) => takeVersion(unit, { ...input, draft, reuse: false }));
}
