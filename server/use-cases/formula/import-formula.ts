import { isReadable, readFile, type FileProblem } from '#core/formula/check/read-file.ts';
import { lockFormulaNames } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { payForText } from '../document/pay-for-loads.ts';
import { storeFormula } from './create-formula.ts';
import { nameOfFile, uniqueName } from './name-of-file.ts';

/** Of the problems of a file that is refused, as many are told as anybody reads. */
const PROBLEMS_TOLD = 100;

export interface Imported {
  readonly id: string;
  readonly name: string;
  /** What is doubtful about it; it is imported all the same. */
  readonly warnings: readonly string[];
}

/**
 * Makes a formula of a file, called as the file is. One with an error is refused as a whole, with all that is wrong:
 * unlike a draft that somebody is at work on, a file that does not check is more likely to be the wrong one.
 */
export async function importFormula(
  caller: Caller,
  file: { readonly fileName: string; readonly text: string },
): Promise<Imported> {
  requirePermission(caller.principal, 'formula.edit');
  await payForText(file.text);
  const read = readFile(file.text);
  if (!isReadable(read)) throw refusal(read.problems.filter(({ severity }) => severity === 'error'));
  return act(caller, 'formula.edit', async (unit) => {
    const name = uniqueName(nameOfFile(file.fileName), await lockFormulaNames(unit.tx, unit.principal.orgId));
    const { id } = await storeFormula(unit, name, read.formula, 'formula.imported');
    return { id, name, warnings: read.problems.slice(0, PROBLEMS_TOLD).map(({ text }) => text) };
  });
}

function refusal(problems: readonly FileProblem[]): AppError {
  const message =
    problems.length === 1
      ? 'One thing is wrong; nothing was imported.'
      : `${problems.length.toLocaleString('en')} things are wrong; nothing was imported.`;
  return new AppError('FORMULA_INVALID', message, {
    problems: problems.slice(0, PROBLEMS_TOLD).map(({ text }) => text),
    problemCount: problems.length,
  });
}
