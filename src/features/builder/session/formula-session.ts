import { equalityDeep } from 'lib0/function';
import type { LostNode } from '#collab/carry-over.ts';
import type { CopyStore } from '#collab/copy/store.ts';
import { joinTexts } from '#collab/join-texts.ts';
import { openLocalReplica } from '#collab/local-replica.ts';
import type { Network } from '#collab/network.ts';
import { readPresence, type Presence } from '#collab/presence.ts';
import { openReplica, type Replica, type ReplicaStatus } from '#collab/replica.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { createEmitter } from '#core/emitter/emitter.ts';
import { throughChains } from '#core/formula/chains/chain-edits.ts';
import { rootsOf } from '#core/formula/chains/chain.ts';
import { withCalls } from '#core/formula/functions/with-calls.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { colorsOf } from '#ui/people/person-color.ts';
import { KeptFields } from './kept-fields.ts';
import { readFormula, type FormulaSnapshot } from './read-formula.ts';
import { TypedText, type TextStore } from './typed-text.ts';

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
   * One gesture: one transaction, one step of undo. What follows with the same `gesture` (an object of the caller's)
   * joins that step, as typing does, unless something else came between. Does nothing for those who may not edit.
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
  /**
   * Nodes that were changed here, but deleted by others while this browser was away, until the person has said what
   * becomes of them.
   */
  lost(): readonly LostNode[];
  subscribeLost(listener: () => void): () => void;
  settleLost(what: 'bring back' | 'leave deleted'): void;
  /** What is typed in the code pane and not in the formula. */
  readonly typed: TypedText;
  /** What is typed into fields of nodes and not in the formula. */
  readonly fields: KeptFields;
  destroy(): void;
}

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
  return sessionOver(replica, { formulaId, userId, textStore, origin });
}

/** Opens a formula that belongs to this browser alone. */
export function openLocalFormula(
  formula: Formula,
  { formulaId, userId, textStore }: Pick<OpenFormula, 'formulaId' | 'userId' | 'textStore'>,
): FormulaSession {
  const origin = Symbol('this person');
  return sessionOver(openLocalReplica(formula, { origin }), { formulaId, userId, textStore, origin });
}

interface Over extends Pick<OpenFormula, 'formulaId' | 'userId' | 'textStore'> {
  /** Of this person's own changes. */
  readonly origin: unknown;
}

function sessionOver(replica: Replica, { formulaId, userId, textStore, origin }: Over): FormulaSession {
  const reading = readFormula(replica);
  const crowd = readCrowd(replica, userId);
  const lost = keepLost(replica);
  const revealed = createEmitter<Revealed>();
  const editedHere = createEmitter<void>();
  let lastGesture: object | undefined;
  let stopJoining = (): void => undefined;
  const watch = (): void => {
    lastGesture = undefined;
    stopJoining();
    stopJoining = joinTexts(replica.doc, () => replica.getStatus().canEdit);
    reading.watch();
    crowd.watch();
  };
  replica.subscribeRenewed(watch);
  watch();

  const select = (ids: Iterable<NodeId>): void => {
    // What is drawn as a part of another node is selected with it.
    const roots = rootsOf(reading.snapshot().formula);
    const selection = new Set([...ids].map((id) => roots.get(id) ?? id));
    const before = reading.snapshot().selection;
    if (selection.size === before.size && [...selection].every((id) => before.has(id))) return;
    reading.select(selection);
    replica.awareness.setLocalStateField('selection', [...selection]);
  };
  const canEdit = (): boolean => replica.getStatus().canEdit;

  const edit: FormulaSession['edit'] = (edits, gesture) => {
    if (edits.length === 0 || !canEdit()) return;
    const written = throughChains(reading.snapshot().formula, edits, { newId: () => newNodeId(Math.random) });
    replica.undo.join(gesture !== undefined && gesture === lastGesture, () => writeEdits(replica.doc, written, origin));
    lastGesture = gesture;
    editedHere.emit();
  };
  const formula = (): Formula => reading.snapshot().formula;
  const fields = new KeptFields({
    store: textStore,
    userId,
    formulaId,
    formula,
    canEdit,
    edit: (edits) => edit(withCalls(formula(), edits)),
  });
  const meet = (): void => fields.meet();
  reading.subscribe(meet);
  replica.subscribe(meet);
  editedHere.subscribe(() => fields.supersede());
  meet();

  return {
    snapshot: reading.snapshot,
    subscribe: reading.subscribe,
    edit,
    arrange: (edits) => {
      if (edits.length > 0 && canEdit()) writeEdits(replica.doc, edits, 'arrange');
    },
    undo: () => {
      lastGesture = undefined;
      replica.undo.undo();
      editedHere.emit();
    },
    redo: () => {
      lastGesture = undefined;
      replica.undo.redo();
      editedHere.emit();
    },
    select,
    reveal: (target) => {
      const node = rootsOf(reading.snapshot().formula).get(target.node) ?? target.node;
      select([node]);
      revealed.emit({ ...target, node });
    },
    subscribeReveal: revealed.subscribe,
    subscribeOwnEdit: editedHere.subscribe,
    status: () => replica.getStatus(),
    subscribeStatus: (listener) => replica.subscribe(listener),
    colleagues: crowd.colleagues,
    subscribeColleagues: crowd.subscribe,
    colors: crowd.colors,
    show: (presence) => {
      const shown = replica.awareness.getLocalState() ?? {};
      // Setting what is there already would be sent to everybody.
      for (const [field, value] of Object.entries(presence))
        if (!equalityDeep(shown[field], value)) replica.awareness.setLocalStateField(field, value);
    },
    reconnect: () => replica.reconnect(),
    discard: () => replica.discard(),
    lost: lost.nodes,
    subscribeLost: lost.subscribe,
    settleLost: (what) => {
      if (what === 'bring back') {
        writeEdits(
          replica.doc,
          lost.nodes().flatMap(({ back }) => back),
          origin,
        );
        editedHere.emit();
      }
      lost.clear();
    },
    typed: new TypedText({ store: textStore, userId, formulaId, tab: String(replica.doc.clientID) }),
    fields,
    destroy: () => void replica.destroy(),
  };
}

/** Who else has the formula open, and the colours of all. */
function readCrowd(replica: Replica, userId: string) {
  const changed = createEmitter<void>();
  let colleagues = NOBODY;
  let colors = colorsOf([userId]);
  const readAwareness = (): void => {
    const { awareness, doc } = replica;
    const others = [...awareness.getStates()].flatMap(([client, state]) =>
      client === doc.clientID ? [] : [{ ...readPresence(state), client }],
    );
    const here = new Set([userId, ...others.flatMap(({ user }) => user?.id ?? [])]);
    if (here.size !== colors.size || [...here].some((id) => !colors.has(id))) colors = colorsOf(here);
    colleagues = others.map((other) => ({ ...other, color: colors.get(other.user?.id ?? '') ?? '' }));
    changed.emit();
  };
  return {
    colleagues: () => colleagues,
    colors: () => colors,
    subscribe: changed.subscribe,
    watch: () => {
      replica.awareness.on('change', readAwareness);
      readAwareness();
    },
  };
}

/** What could not be taken along, until the person has said what becomes of it. */
function keepLost(replica: Replica) {
  const changed = createEmitter<void>();
  let lost = NOTHING;
  const set = (nodes: readonly LostNode[]): void => {
    lost = nodes;
    changed.emit();
  };
  replica.subscribeLost((nodes) => set([...lost, ...nodes]));
  return { nodes: () => lost, subscribe: changed.subscribe, clear: () => set(NOTHING) };
}
