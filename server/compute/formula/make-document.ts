import { isReadable, readFile, type FileProblem } from '#core/formula/check/read-file.ts';
import { fromJson, toJson } from '#core/formula/json/json.ts';
import { readText } from '#core/formula/json/read-text.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { AppError } from '#server/errors.ts';
import { newDocument } from './new-document.ts';
import { readFormula, readStored } from './read-stored.ts';

/** Of the problems of a text that is refused, as many are told as anybody reads. */
const PROBLEMS_TOLD = 100;

/** A formula that is to be, with the text that it is made of. */
export interface Written {
  readonly formulaId: FormulaId;
  readonly title: string;
  readonly text: string;
}

export interface ReadFile {
  readonly state: Uint8Array;
  /** What is doubtful about it. */
  readonly warnings: readonly string[];
}

/** A formula that is to be, with the stored document that it repeats. */
export interface Copied {
  readonly formulaId: FormulaId;
  readonly title: string;
  readonly updates: readonly Uint8Array[];
}

/**
 * A document of code, or of JSON in its place; code that does not check is a draft. FORMULA_INVALID, with the problems,
 * when it can't be read.
 */
export const documentOfText = ({ formulaId, title, text }: Written): Uint8Array =>
  newDocument(formulaId, readCode(text), title);

/** A document of a file. FORMULA_INVALID, with the problems, when the file can't be read or does not check. */
export function documentOfFile({ formulaId, title, text }: Written): ReadFile {
  const read = readFile(text);
  if (!isReadable(read)) throw refusal(read.problems.filter(({ severity }) => severity === 'error'));
  return {
    state: newDocument(formulaId, read.formula, title),
    warnings: read.problems.slice(0, PROBLEMS_TOLD).map(({ text: words }) => words),
  };
}

/** A document that says what another one says, without its history. */
export function documentOfDocument({ formulaId, title, updates }: Copied): Uint8Array {
  const doc = readStored({ updates });
  const formula = fromJson(JSON.parse(toJson(readFormula(doc))));
  doc.destroy();
  if (!formula.ok) throw new AppError('FORMULA_INVALID', formula.error[0]?.message ?? 'The strategy has errors.');
  return newDocument(formulaId, formula.value, title);
}

function readCode(code: string): Formula {
  const { formula, diagnostics } = readText(code);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0)
    throw new AppError('FORMULA_INVALID', errors[0]?.message ?? 'The code can not be read.', {
      diagnostics: diagnostics.slice(0, PROBLEMS_TOLD),
    });
  return formula;
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
