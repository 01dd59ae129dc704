import { idOf, type FormulaId } from '#core/requests/ids.ts';
import { lockFormulaNames } from '#server/db/queries/formulas.ts';
import { requirePermission } from '#server/policies/can.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { payForText } from '../document/pay-for-loads.ts';
import { storeFormula } from './create-formula.ts';
import { nameOfFile, uniqueName } from './name-of-file.ts';

export interface Imported {
  readonly id: FormulaId;
  readonly name: string;
  /** What is doubtful about it; it is imported all the same. */
  readonly warnings: readonly string[];
}

/**
 * Makes a formula of a file, called as the file is. One with an error is refused as a whole, with all that is wrong:
 * unlike a draft that somebody is at work on, a file that does not check is more likely to be the wrong one.
 */
export async function importFormula(
  caller: Reader,
  file: { readonly fileName: string; readonly text: string },
): Promise<Imported> {
  requirePermission(caller.principal, 'formula.edit');
  const { text } = file;
  await payForText(text);
  const [id, title] = [idOf('formula', crypto.randomUUID()), nameOfFile(file.fileName)];
  const { state, warnings } = await caller.formulas(caller.principal.orgId, 'ofFile', { formulaId: id, title, text });
  return act(caller, 'formula.edit', async (unit) => {
    const name = uniqueName(title, await lockFormulaNames(unit.tx, unit.principal.orgId));
    await storeFormula(unit, { id, name, state }, 'formula.imported');
    return { id, name, warnings };
  });
}
