import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Diagnostic } from '#core/formula/diagnostic.ts';
import type { Formula, NodeId } from '#core/formula/formula.ts';
import type { Span } from '#core/formula/diagnostic.ts';
import { fromJson } from '#core/formula/json.ts';
import { parse } from '#core/formula/parse.ts';
import { UsageError } from './usage.ts';

export interface Source {
  readonly formula: Formula;
  /** Problems of the text; when there are any, the formula is not to be run. */
  readonly problems: readonly Diagnostic[];
  readonly spans: ReadonlyMap<NodeId, Span>;
  readonly isJson: boolean;
  readonly text: string;
}

const EMPTY: Formula = { format: 'alphaloom/formula@1', nodes: {} };

/** Reads a formula from a file, or from standard input for `-`. JSON is known by its first character. */
export async function readFormula(path: string | undefined): Promise<Source> {
  if (path === undefined) throw new UsageError('Name the file of a formula, or - for standard input.');
  const content = path === '-' ? await text(process.stdin) : await readText(path);
  if (!content.trimStart().startsWith('{')) {
    const { formula, diagnostics, spans } = parse(content);
    return { formula, problems: diagnostics, spans, isJson: false, text: content };
  }
  const read = fromJson(readJson(content));
  return { formula: read.ok ? read.value : EMPTY, problems: read.ok ? [] : read.error, spans: new Map(), isJson: true, text: content };
}

function readJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
