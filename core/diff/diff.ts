import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { scopeOf } from '#core/formula/language/functions.ts';
import { isMuted } from '#core/formula/language/statements.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { align } from './align.ts';
import { partsBetween, type Part } from './compare.ts';
import { sideOf, type Side } from './side.ts';

/**
 * One difference that a person would name. A label is what a statement is called, in the later formula if it is there.
 */
export type Change =
  | {
      readonly kind: 'added' | 'removed';
      readonly id: NodeId;
      readonly label: string;
      /** The statement. */ readonly code: string;
    }
  | { readonly kind: 'renamed'; readonly id: NodeId; readonly label: string; readonly from: string }
  | ({ readonly kind: 'changed' | 'rewired'; readonly id: NodeId; readonly label: string } & Omit<Part, 'isWire'>)
  | { readonly kind: 'commented' | 'reordered' | 'muted' | 'unmuted'; readonly id: NodeId; readonly label: string }
  /** What stands at the end of the code, below all statements. */
  | { readonly kind: 'epilogue' }
  /** On the canvas alone. */
  | { readonly kind: 'moved'; readonly ids: readonly NodeId[] };

export interface FormulaDiff {
  /**
   * What makes the second formula of the first: `applyEdits(a, edits)` says what `b` says, with the ids that its nodes
   * have in `a`.
   */
  readonly edits: readonly Edit[];
  /** The same for people, statement by statement: first what is gone, then in the order of the second formula. */
  readonly changes: readonly Change[];
}

/**
 * What is different in `b`, whatever ids its nodes have and however it is laid out. Takes any two formulas; time grows
 * with their size.
 */
export function diff(a: Formula, b: Formula): FormulaDiff {
  const aligned = align(a, b);
  const edits = editsBetween(a, aligned);
  return { edits, changes: edits.length === 0 ? [] : [...changesOf(sideOf(a), sideOf(aligned), edits)] };
}

/** The differences of two formulas whose nodes have the same ids, for people. */
export function* changesOf(a: Side, b: Side, edits: readonly Edit[]): Generator<Change> {
  const reordered = new Set(edits.flatMap((edit) => (edit.type === 'reorder' ? [edit.id] : [])));
  for (const id of a.statements)
    if (!b.isStatement(id) && !isPartOfOther(a, b, id))
      yield { kind: 'removed', id, label: a.labelOf(id), code: a.write(id) };
  for (const id of b.statements) {
    const label = b.labelOf(id);
    if (!a.isStatement(id)) {
      if (!isPartOfOther(b, a, id)) yield { kind: 'added', id, label, code: b.write(id) };
      continue;
    }
    const [before, after] = [a.node(id), b.node(id)];
    if (a.labelOf(id) !== label && before?.name !== after?.name)
      yield { kind: 'renamed', id, label, from: a.labelOf(id) };
    for (const { isWire, ...part } of partsBetween(a, b, id))
      yield { kind: isWire ? 'rewired' : 'changed', id, label, ...part };
    if (before?.comment !== after?.comment) yield { kind: 'commented', id, label };
    if (before && after && isMuted(before) !== isMuted(after))
      yield { kind: isMuted(after) ? 'muted' : 'unmuted', id, label };
    if (reordered.has(id)) yield { kind: 'reordered', id, label };
  }
  if (edits.some(({ type }) => type === 'setEpilogue')) yield { kind: 'epilogue' };
  const moved = edits.flatMap((edit) => (edit.type === 'moveNode' ? [edit.id] : []));
  if (moved.length > 0) yield { kind: 'moved', ids: moved };
}

/** Whether a statement is within a function that only this side has: the function says it. */
function isPartOfOther(side: Side, other: Side, id: NodeId): boolean {
  const node = side.node(id);
  const scope = node && scopeOf(side.formula, node);
  return scope !== undefined && !other.isStatement(scope);
}
