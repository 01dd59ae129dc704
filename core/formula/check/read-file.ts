import type { Diagnostic } from '../model/diagnostic.ts';
import { EMPTY_FORMULA, type Formula } from '../model/formula.ts';
import { checkText } from './check-text.ts';

/**
 * Files longer than this, in UTF-16 units, are refused unread; 5,000 nodes with their places take a quarter as much.
 */
export const LARGEST_FILE = 4_000_000;

/** What a file may be called: code, JSON, or either as plain text. */
export const FILE_EXTENSIONS = ['.loom', '.json', '.txt'] as const;

export interface FileProblem {
  readonly severity: 'error' | 'warning';
  /** With its place in the file before it: `Line 3, column 5: …`, in JSON the path too: `nodes.n4.args.size: …`. */
  readonly text: string;
}

export interface FormulaFile {
  /** What could be read; to be used only when no problem is an error. */
  readonly formula: Formula;
  /** Every problem, of the text and of what it means. */
  readonly problems: readonly FileProblem[];
}

/** Reads a formula from the text of a file: JSON where it begins with a brace, else code. Total: it takes any text. */
export function readFile(text: string): FormulaFile {
  const content = text.replace(/^\uFEFF/, '');
  if (content.length > LARGEST_FILE)
    return refused(`The file is longer than ${LARGEST_FILE.toLocaleString('en')} characters.`);
  if (content.trim() === '') return refused('The file is empty.');
  if (content.includes('\0')) return refused('This is not a text file.');
  const { formula, diagnostics, language } = checkText(content);
  const problems = language === 'json' ? diagnostics.map(withPath) : diagnostics;
  return { formula, problems: problems.map(described) };
}

export const isReadable = ({ problems }: FormulaFile): boolean =>
  problems.every(({ severity }) => severity !== 'error');

/** A problem may quote the file, and that be all of it. */
const LONGEST_PROBLEM = 500;
const shortened = (text: string): string =>
  text.length > LONGEST_PROBLEM ? `${text.slice(0, LONGEST_PROBLEM)}…` : text;

const refused = (text: string): FormulaFile => ({ formula: EMPTY_FORMULA, problems: [{ severity: 'error', text }] });

const described = ({ severity, span, message }: Diagnostic): FileProblem => ({
  severity,
  text: shortened(span ? `Line ${span.line}, column ${span.column}: ${message}` : message),
});

const withPath = (problem: Diagnostic): Diagnostic => {
  const { nodeId, port, message } = problem;
  return nodeId === undefined
    ? problem
    : { ...problem, message: `nodes.${nodeId}${port === undefined ? '' : `.args.${port}`}: ${message}` };
};
