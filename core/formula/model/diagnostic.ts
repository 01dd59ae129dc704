import type { Edit } from './edit.ts';
import type { NodeId } from './formula.ts';

/** A range of the code, in UTF-16 offsets; `line` and `column` of `start` count from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Puts `insert` in place of the code from `start` to `end`, in UTF-16 offsets. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/**
 * A repair that can be applied at once: `edits` of the graph, or a `change` of the code where the problem is one of the
 * text.
 */
export interface Fix {
  readonly title: string;
  readonly edits?: readonly Edit[];
  readonly change?: TextChange;
}

/**
 * One problem of a formula, in words, at the place where it is. Errors keep a formula from running; warnings do not.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly nodeId?: NodeId;
  readonly port?: string;
  readonly span?: Span;
  readonly fix?: Fix;
}

/**
 * Whether the formula is merely not finished there: something that has to be given is not given yet. It can't run, and
 * nobody has done anything wrong.
 */
export const isUnfinished = ({ code }: Pick<Diagnostic, 'code'>): boolean => code === 'missing-argument';

/** Whether somebody has to put something right. */
export const isMistake = (problem: Pick<Diagnostic, 'code' | 'severity'>): boolean =>
  problem.severity === 'error' && !isUnfinished(problem);
