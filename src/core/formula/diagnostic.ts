import type { Edit } from './edit.ts';
import type { NodeId } from './formula.ts';

/** A range of the code, in UTF-16 offsets; `line` and `column` of `start` count from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** A repair that the builder can apply: `edits` on the graph, or `text` to put in place of the diagnostic's span. */
export interface Fix {
  readonly title: string;
  readonly edits?: readonly Edit[];
  readonly text?: string;
}

/** One problem of a formula, in words, at the place where it is. Errors keep a formula from running; warnings do not. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly nodeId?: NodeId;
  readonly port?: string;
  readonly span?: Span;
  readonly fix?: Fix;
}
