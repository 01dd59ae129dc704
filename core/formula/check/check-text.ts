import { readText, type Source } from '../json/read-text.ts';
import { lex } from '../language/lexer.ts';
import { locate } from '../language/parse.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { check, type Checked, type CheckOptions } from './check.ts';

export interface CheckedText extends Source {
  /**
   * Problems of the text and of what it means, in the order of the text. Those that only follow from others are left
   * out.
   */
  readonly diagnostics: readonly Diagnostic[];
  readonly checked: Checked;
}

/**
 * Reads a formula and looks for everything that is wrong or doubtful about it. What can't be read does not keep the
 * rest from being checked.
 */
export function checkText(text: string, options: CheckOptions = {}): CheckedText {
  const source = readText(text);
  const checked = check(source.formula, options);
  const meaning =
    source.diagnostics.length === 0 ? checked.diagnostics : withoutConsequences(checked.diagnostics, source, text);
  const diagnostics = [...source.diagnostics, ...locate(meaning, source.spans)].sort(
    (a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0),
  );
  return { ...source, diagnostics, checked };
}

/**
 * What is left to say about a formula that could be read in part: nothing of what is missing only because it could not
 * be read.
 */
function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  { formula, unread, language }: Source,
  text: string,
): Diagnostic[] {
  // JSON is read as a whole or not at all, and so is what is too long.
  if (language === 'json' || Object.keys(formula.nodes).length === 0) return [];
  const mentions = mentionsIn(text);
  return diagnostics.filter(({ code, nodeId = '', port }) => {
    if (
      code === 'no-action' ||
      code === 'unknown-block' ||
      code === 'duplicate-name' ||
      code === 'reserved' ||
      code === 'return'
    )
      return false;
    const name = formula.nodes[nodeId]?.name;
    if (code === 'unused') return name !== undefined && (mentions.get(name) ?? 0) <= 1;
    return port === undefined || unread.get(nodeId)?.has(port) !== true;
  });
}

/** How often each name stands in the code, also in what could not be read. */
function mentionsIn(code: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, text } of lex(code).tokens) if (kind === 'name') counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
