import type { Diagnostic, Span } from './diagnostic.ts';
import type { Formula, NodeId } from './formula.ts';
import { lower } from './lower.ts';
import { readStatements } from './read-statements.ts';

export interface Parsed {
  /** What could be read. The ids are provisional: `reconcile` gives the nodes those that they had. */
  readonly formula: Formula;
  readonly spans: ReadonlyMap<NodeId, Span>;
  /** Problems of the text, all of them errors, in its order. What the formula means is looked at by `check`. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads code. Never throws, and reads on after a problem: all of them are reported. Time and memory grow linearly with the code. */
export function parse(code: string): Parsed {
  const syntax = readStatements(code);
  const { formula, spans, diagnostics } = lower(syntax.statements, syntax.epilogue);
  const all = [...syntax.diagnostics, ...diagnostics].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  return { formula, spans, diagnostics: all };
}

/** Gives the diagnostics of a check the places in the code of the nodes that they are about. */
export const locate = (diagnostics: readonly Diagnostic[], spans: ReadonlyMap<NodeId, Span>): Diagnostic[] =>
  diagnostics.map((diagnostic) => {
    const span = diagnostic.span ?? (diagnostic.nodeId === undefined ? undefined : spans.get(diagnostic.nodeId));
    return span ? { ...diagnostic, span } : diagnostic;
  });
