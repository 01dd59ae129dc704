import { equalityDeep } from 'lib0/function';
import { applyEdits } from '#collab/apply-edits.ts';
import type { LostNode } from '#collab/carry-over.ts';
import type { CopyStore } from '#collab/copy/store.ts';
import { readPresence, type Presence } from '#collab/presence.ts';
import type { Repair } from '#collab/repair.ts';
import { openReplica, type Network, type ReplicaStatus } from '#collab/replica.ts';
import { toFormula } from '#collab/to-formula.ts';
import { check, type Checked } from '#core/formula/check/check.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { EMPTY_FORMULA, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { colorsOf } from '#ui/people/person-color.ts';
import { keepIdentity } from './keep-identity.ts';
import { tellCutWires } from './tell-cut-wires.ts';
import { TypedText, type TextStore } from './typed-text.ts';

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
  /** Theirs among those who are here. */
  readonly color: string;
}

/** What is to be brought before the person's eyes. */
export interface Revealed {
  readonly node: NodeId;
  /** The problem that it is about. */
  readonly message?: string;
}

export interface FormulaSession {
  snapshot(): FormulaSnapshot;
  subscribe(listener: () => void): () => void;
  /**
   * One gesture: one transaction, one step of undo. What follows with the same `gesture` (an object of the caller's) joins that step, as
   * typing does, unless something else came between. Does nothing for those who may not edit.
   */
  edit(edits: readonly Edit[], gesture?: object): void;
  /** Puts nodes somewhere without a step of undo: the layout of a formula that came without one. */
  arrange(edits: readonly Edit[]): void;
  undo(): void;
  redo(): void;
  select(ids: Iterable<NodeId>): void;
  /** Selects a node and shows it in every pane. */
  reveal(target: Revealed): void;
  subscribeReveal(listener: (target: Revealed) => void): () => void;
  /** Hears of each change of this person's own. */
  subscribeOwnEdit(listener: () => void): () => void;
  status(): ReplicaStatus;
  subscribeStatus(listener: () => void): () => void;
  colleagues(): readonly Colleague[];
  subscribeColleagues(listener: () => void): () => void;
  /** The colours of those who are here, this person included, by their id. */
  colors(): ReadonlyMap<string, string>;
  /** Shows the others where one is; what is not mentioned stays. */
  show(presence: Partial<Presence>): void;
  reconnect(): void;
  /** Gives up what the server does not take. */
  discard(): void;
  /** Nodes that were changed here, but deleted by others while this browser was away, until the person has said what becomes of them. */
  lost(): readonly LostNode[];
  subscribeLost(listener: () => void): () => void;
  settleLost(what: 'bring back' | 'leave deleted'): void;
  /** What is typed in the code pane and not in the formula. */
  readonly typed: TypedText;
  destroy(): void;
}

const EMPTY_CHECK = check(EMPTY_FORMULA);
const NOBODY: readonly Colleague[] = [];
const NOTHING: readonly LostNode[] = [];

interface OpenFormula {
  readonly formulaId: string;
  readonly url: string;
  readonly userId: string;
  /** Null where the browser keeps nothing. */
  readonly store: CopyStore | null;
  readonly network: Network;
  readonly textStore: TextStore | null;
}

/** Opens a formula: its shared document, connected to the server and kept in the browser, and what follows from it. */
export async function openFormula({
  formulaId,
  url,
  userId,
  store,
  network,
  textStore,
}: OpenFormula): Promise<FormulaSession> {
  const origin = Symbol('this person');
  const replica = await openReplica({ url, formulaId, origin, store, network });
  const listeners = new Set<() => void>();
  const colleagueListeners = new Set<() => void>();
  const revealListeners = new Set<(target: Revealed) => void>();
  const editListeners = new Set<() => void>();
  const lostListeners = new Set<() => void>();
  let lost = NOTHING;
  let snapshot: FormulaSnapshot = {
    formula: EMPTY_FORMULA,
    checked: EMPTY_CHECK,
    repairs: [],
    canUndo: false,
    canRedo: false,
    selection: new Set(),
  };
  let colleagues = NOBODY;
  let colors = colorsOf([userId]);
  let lastGesture: object | undefined;

  const publish = (change: Partial<FormulaSnapshot>): void => {
    snapshot = { ...snapshot, ...change };
    for (const listener of [...listeners]) listener();
  };
  const readDocument = (): void => {
    const { formula: fresh, repairs } = toFormula(replica.doc);
    const formula = keepIdentity(snapshot.formula, fresh);
    if (formula === snapshot.formula && repairs.length === snapshot.repairs.length) return;
    const kept = [...snapshot.selection].filter((id) => id in formula.nodes);
    publish({
      formula,
      repairs,
      checked: tellCutWires(check(formula), formula, repairs),
      ...(kept.length === snapshot.selection.size ? {} : { selection: new Set(kept) }),
    });
  };
  const readUndo = (): void => publish({ canUndo: replica.undo.canUndo(), canRedo: replica.undo.canRedo() });
  const readAwareness = (): void => {
    const { awareness, doc } = replica;
    const others = [...awareness.getStates()].flatMap(([client, state]) =>
      client === doc.clientID ? [] : [{ ...readPresence(state), client }],
    );
    const here = new Set([userId, ...others.flatMap(({ user }) => user?.id ?? [])]);
    if (here.size !== colors.size || [...here].some((id) => !colors.has(id))) colors = colorsOf(here);
    colleagues = others.map((other) => ({ ...other, color: colors.get(other.user?.id ?? '') ?? '' }));
    for (const listener of [...colleagueListeners]) listener();
  };
  /** Those before go with their document. */
  const follow = (): void => {
    replica.doc.on('afterTransaction', readDocument);
    replica.undo.subscribe(readUndo);
    replica.awareness.on('change', readAwareness);
    lastGesture = undefined;
    readDocument();
    readUndo();
    readAwareness();
  };
  replica.subscribeRenewed(follow);
  follow();
  const setLost = (nodes: readonly LostNode[]): void => {
    lost = nodes;
    for (const listener of [...lostListeners]) listener();
  };
  replica.subscribeLost((nodes) => setLost([...lost, ...nodes]));

  const tellOwnEdit = (): void => [...editListeners].forEach((listener) => listener());

  const select = (ids: Iterable<NodeId>): void => {
    const selection = new Set(ids);
    if (selection.size === snapshot.selection.size && [...selection].every((id) => snapshot.selection.has(id))) return;
    publish({ selection });
    replica.awareness.setLocalStateField('selection', [...selection]);
  };

  return {
    snapshot: () => snapshot,
    subscribe: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    edit: (edits, gesture) => {
      if (edits.length === 0 || !replica.getStatus().canEdit) return;
      replica.undo.join(gesture !== undefined && gesture === lastGesture, () => applyEdits(replica.doc, edits, origin));
      lastGesture = gesture;
      tellOwnEdit();
    },
    arrange: (edits) => {
      if (edits.length > 0 && replica.getStatus().canEdit) applyEdits(replica.doc, edits, 'arrange');
    },
    undo: () => {
      lastGesture = undefined;
      replica.undo.undo();
      tellOwnEdit();
    },
    redo: () => {
      lastGesture = undefined;
      replica.undo.redo();
      tellOwnEdit();
    },
    select,
    reveal: (target) => {
      select([target.node]);
      for (const listener of [...revealListeners]) listener(target);
    },
    subscribeReveal: (listener) => (revealListeners.add(listener), () => void revealListeners.delete(listener)),
    subscribeOwnEdit: (listener) => (editListeners.add(listener), () => void editListeners.delete(listener)),
    status: () => replica.getStatus(),
    subscribeStatus: (listener) => replica.subscribe(listener),
    colleagues: () => colleagues,
    subscribeColleagues: (listener) => (
      colleagueListeners.add(listener),
      () => void colleagueListeners.delete(listener)
    ),
    colors: () => colors,
    show: (presence) => {
      const shown = replica.awareness.getLocalState() ?? {};
      // Setting what is there already would be sent to everybody.
      for (const [field, value] of Object.entries(presence))
        if (!equalityDeep(shown[field], value)) replica.awareness.setLocalStateField(field, value);
    },
    reconnect: () => replica.reconnect(),
    discard: () => replica.discard(),
    lost: () => lost,
    subscribeLost: (listener) => (lostListeners.add(listener), () => void lostListeners.delete(listener)),
    settleLost: (what) => {
      if (what === 'bring back') {
        applyEdits(
          replica.doc,
          lost.flatMap(({ back }) => back),
          origin,
        );
        tellOwnEdit();
      }
      setLost(NOTHING);
    },
    typed: new TypedText({ store: textStore, userId, formulaId, tab: String(replica.doc.clientID) }),
    destroy: () => void replica.destroy(),
  };
}
