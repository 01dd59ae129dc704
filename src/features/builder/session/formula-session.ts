import * as Y from 'yjs';
import { applyEdits } from '#collab/apply-edits.ts';
import { connectFormula, type ConnectionStatus, type FormulaConnection } from '#collab/connect.ts';
import { readPresence, type Presence } from '#collab/presence.ts';
import type { Repair } from '#collab/repair.ts';
import { toFormula } from '#collab/to-formula.ts';
import { createUndo } from '#collab/undo.ts';
import { check, type Checked } from '#core/formula/check.ts';
import type { Edit } from '#core/formula/edit.ts';
import { EMPTY_FORMULA, type Formula, type NodeId } from '#core/formula/formula.ts';
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

/** Somebody else in the same formula. */
export interface Colleague extends Presence {
  readonly client: number;
}

export interface FormulaSession {
  snapshot(): FormulaSnapshot;
  subscribe(listener: () => void): () => void;
  /** One gesture: one transaction, one step of undo. Does nothing for those who may not edit. */
  edit(edits: readonly Edit[]): void;
  /** Puts nodes somewhere without a step of undo: the layout of a formula that came without one. */
  arrange(edits: readonly Edit[]): void;
  undo(): void;
  redo(): void;
  select(ids: Iterable<NodeId>): void;
  status(): ConnectionStatus;
  subscribeStatus(listener: () => void): () => void;
  colleagues(): readonly Colleague[];
  subscribeColleagues(listener: () => void): () => void;
  /** Shows the others where one is; what is not mentioned stays. */
  show(presence: Partial<Presence>): void;
  reconnect(): void;
  destroy(): void;
}

const EMPTY_CHECK = check(EMPTY_FORMULA);
const NOBODY: readonly Colleague[] = [];

/** Opens a formula: its shared document, connected to the server, and what follows from it. */
export function openFormula({ formulaId, url }: { readonly formulaId: string; readonly url: string }): FormulaSession {
  const doc = new Y.Doc();
  const origin = Symbol('this person');
  const undo = createUndo(doc, origin);
  const connection: FormulaConnection = connectFormula({ url, formulaId, doc });
  const { awareness } = connection;
  const listeners = new Set<() => void>();
  const colleagueListeners = new Set<() => void>();
  let snapshot: FormulaSnapshot = { formula: EMPTY_FORMULA, checked: EMPTY_CHECK, repairs: [], canUndo: false, canRedo: false, selection: new Set() };
  let colleagues = NOBODY;

  const publish = (change: Partial<FormulaSnapshot>): void => {
    snapshot = { ...snapshot, ...change };
    for (const listener of [...listeners]) listener();
  };
  const readDocument = (): void => {
    const { formula: fresh, repairs } = toFormula(doc);
    const formula = keepIdentity(snapshot.formula, fresh);
    if (formula === snapshot.formula && repairs.length === snapshot.repairs.length) return;
    const kept = [...snapshot.selection].filter((id) => id in formula.nodes);
    publish({ formula, repairs, checked: check(formula), ...(kept.length === snapshot.selection.size ? {} : { selection: new Set(kept) }) });
  };
  const readUndo = (): void => publish({ canUndo: undo.undoStack.length > 0, canRedo: undo.redoStack.length > 0 });
  const readAwareness = (): void => {
    colleagues = [...awareness.getStates()].flatMap(([client, state]) => (client === doc.clientID ? [] : [{ ...readPresence(state), client }]));
    for (const listener of [...colleagueListeners]) listener();
  };

  doc.on('afterTransaction', readDocument);
  for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) undo.on(event, readUndo);
  awareness.on('change', readAwareness);

  return {
    snapshot: () => snapshot,
    subscribe: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    edit: (edits) => {
      if (edits.length > 0 && connection.getStatus().canEdit) applyEdits(doc, edits, origin);
    },
    arrange: (edits) => {
      if (edits.length > 0 && connection.getStatus().canEdit) applyEdits(doc, edits, 'arrange');
    },
    undo: () => void undo.undo(),
    redo: () => void undo.redo(),
    select: (ids) => {
      const selection = new Set(ids);
      if (selection.size === snapshot.selection.size && [...selection].every((id) => snapshot.selection.has(id))) return;
      publish({ selection });
      awareness.setLocalStateField('selection', [...selection]);
    },
    status: () => connection.getStatus(),
    subscribeStatus: (listener) => connection.subscribe(listener),
    colleagues: () => colleagues,
    subscribeColleagues: (listener) => (colleagueListeners.add(listener), () => void colleagueListeners.delete(listener)),
    show: (presence) => {
      for (const [field, value] of Object.entries(presence)) awareness.setLocalStateField(field, value);
    },
    reconnect: () => connection.reconnect(),
    destroy: () => {
      undo.destroy();
      connection.destroy();
      doc.destroy();
    },
  };
}
