import type { Diagnostic, Span } from '../model/diagnostic.ts';
import type { Formula, NodeId } from '../model/formula.ts';

/** What a text says, once its names have their meaning. */
export interface Lowered {
  readonly formula: Formula;
  /** Where each node is written: a statement's whole text, or the expression of a node inside one. */
  readonly spans: ReadonlyMap<NodeId, Span>;
  /** Arguments that are written and could not be read, by node: what is said about the text says it all. */
  readonly unread: ReadonlyMap<NodeId, ReadonlySet<string>>;
  readonly diagnostics: readonly Diagnostic[];
}
