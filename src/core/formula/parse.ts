import type { Diagnostic, Span } from './diagnostic.ts';
import { lower, type Lowered } from './lower.ts';
import { MOST_NODES, type NodeId } from './formula.ts';
import { readStatements } from './read-statements.ts';

/** Its diagnostics are the problems of the text, all of them errors, in its order. What the formula means is looked at by `check`. */
export type Parsed = Lowered;

/**
 * Reads code. Never throws, and reads on after a problem: all of them are reported. The ids of the formula are provisional: `reconcile`
 * gives the nodes those that they had. Time and memory grow linearly with the code.
 */
export function parse(code: string): Parsed {
  const syntax = readStatements(code);
  const lowered = lower(syntax);
  const diagnostics = [...syntax.diagnostics, ...lowered.diagnostics, ...sizeProblems(lowered)].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  return { ...lowered, diagnostics };
}

function sizeProblems({ formula, spans }: Lowered): Diagnostic[] {
  const ids = Object.keys(formula.nodes);
  const beyond = ids[MOST_NODES];
  if (beyond === undefined) return [];
  const message = `This makes ${ids.length.toLocaleString('en')} nodes; a formula may have ${MOST_NODES.toLocaleString('en')}.`;
  return [{ code: 'too-large', severity: 'error', message, span: spans.get(beyond) ?? { start: 0, end: 0, line: 1, column: 1 } }];
}

/** Gives the diagnostics of a check the places in the code of the nodes that they are about. */
export const locate = (diagnostics: readonly Diagnostic[], spans: ReadonlyMap<NodeId, Span>): Diagnostic[] =>
  diagnostics.map((diagnostic) => {
    const span = diagnostic.span ?? (diagnostic.nodeId === undefined ? undefined : spans.get(diagnostic.nodeId));
    return span ? { ...diagnostic, span } : diagnostic;
  });
