import type { Repair } from '#collab/repair.ts';
import type { Replica } from '#collab/replica.ts';
import { toFormula } from '#collab/to-formula.ts';
import { createEmitter } from '#core/emitter/emitter.ts';
import { check, type Checked } from '#core/formula/check/check.ts';
import { EMPTY_FORMULA, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { addCutWireProblems } from './add-cut-wire-problems.ts';
import { keepIdentity } from './keep-identity.ts';

/** The formula as everybody sees it now. A new object exactly when something in it has changed. */
export interface FormulaSnapshot {
  readonly formula: Formula;
  readonly checked: Checked;
  readonly repairs: readonly Repair[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Nodes that this person has selected. */
  readonly selection: ReadonlySet<NodeId>;
}

const EMPTY_CHECK = check(EMPTY_FORMULA);

/**
 * The snapshot of the replica's document. `watch` begins anew with a document that has taken the place of another; the
 * old one is garbage.
 */
export function readFormula(replica: Replica) {
  const changed = createEmitter<void>();
  let snapshot: FormulaSnapshot = {
    formula: EMPTY_FORMULA,
    checked: EMPTY_CHECK,
    repairs: [],
    canUndo: false,
    canRedo: false,
    selection: new Set(),
  };
  const publish = (change: Partial<FormulaSnapshot>): void => {
    snapshot = { ...snapshot, ...change };
    changed.emit();
  };
  const readDocument = (): void => {
    const { formula: fresh, repairs } = toFormula(replica.doc);
    const formula = keepIdentity(snapshot.formula, fresh);
    if (formula === snapshot.formula && repairs.length === snapshot.repairs.length) return;
    const kept = [...snapshot.selection].filter((id) => id in formula.nodes);
    publish({
      formula,
      repairs,
      checked: addCutWireProblems(check(formula), formula, repairs),
      ...(kept.length === snapshot.selection.size ? {} : { selection: new Set(kept) }),
    });
  };
  const readUndo = (): void => publish({ canUndo: replica.undo.canUndo(), canRedo: replica.undo.canRedo() });
  return {
    snapshot: () => snapshot,
    subscribe: changed.subscribe,
    select: (selection: ReadonlySet<NodeId>) => publish({ selection }),
    watch: () => {
      replica.doc.on('afterTransaction', readDocument);
      replica.undo.subscribe(readUndo);
      readDocument();
      readUndo();
    },
  };
}
