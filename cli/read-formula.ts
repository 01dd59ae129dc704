import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { readText as readFormulaText } from '#core/formula/json/read-text.ts';
import type { Diagnostic, Span } from '#core/formula/model/diagnostic.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { UsageError } from './usage.ts';

export interface Source {
  readonly formula: Formula;
  /** Problems of the text; when there are any, the formula is not to be run. */
  readonly problems: readonly Diagnostic[];
  readonly spans: ReadonlyMap<NodeId, Span>;
  readonly isJson: boolean;
  readonly text: string;
}

/** Reads a formula, code or JSON, from a file, or from standard input for `-`. */
export async function readFormula(path: string | undefined): Promise<Source> {
  const content = await readSource(path);
  const { formula, diagnostics, spans, language } = readFormulaText(content);
  return { formula, problems: diagnostics, spans, isJson: language === 'json', text: content };
}

/** The text of a formula, unread. */
export async function readSource(path: string | undefined): Promise<string> {
  if (path === undefined) throw new UsageError('Name the file of a formula, or - for standard input.');
  return path === '-' ? await text(process.stdin) : await readText(path);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
