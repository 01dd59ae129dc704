import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { EMPTY_FORMULA, MOST_NODES, type NodeId } from '../model/formula.ts';
import { lower } from './lower.ts';
import type { Lowered } from './lowered.ts';
import { readStatements } from './read-statements.ts';

/**
 * Its diagnostics are the problems of the text, all of them errors, in its order. What the formula means is looked at
 * by `check`.
 */
export type Parsed = Lowered;

/**
 * Reads code. Never throws, and reads on after a problem: all of them are reported. The ids of the formula are
 * provisional: `reconcile` gives the nodes those that they had. Time and memory grow linearly with the code.
 */
export function parse(code: string): Parsed {
  const syntax = readStatements(code);
  const lowered = lower(syntax);
  const ids = Object.keys(lowered.formula.nodes);
  if (ids.length > MOST_NODES) return tooLarge(ids.length);
  const diagnostics = [...syntax.diagnostics, ...lowered.diagnostics].sort(
    (a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0),
  );
  return { ...lowered, diagnostics };
}

function tooLarge(count: number): Parsed {
  const message = `This makes ${count.toLocaleString('en')} nodes; a formula may have ${MOST_NODES.toLocaleString('en')}.`;
  const span = { start: 0, end: 0, line: 1, column: 1 };
  return {
    formula: EMPTY_FORMULA,
    spans: new Map(),
    unread: new Map(),
    diagnostics: [{ code: 'too-large', severity: 'error', message, span }],
  };
}

/** Gives the diagnostics of a check the places in the code of the nodes that they are about. */
export const locate = (diagnostics: readonly Diagnostic[], spans: ReadonlyMap<NodeId, Span>): Diagnostic[] =>
  diagnostics.map((diagnostic) => {
    const span = diagnostic.span ?? (diagnostic.nodeId === undefined ? undefined : spans.get(diagnostic.nodeId));
    return span ? { ...diagnostic, span } : diagnostic;
  });
