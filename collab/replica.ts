import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { CopyKeeper } from '#collab/copy/keeper.ts';
import type { CopyStore, StoredCopy } from '#collab/copy/store.ts';
import { createEmitter, type Emitter } from '#core/emitter/emitter.ts';
import type { LostNode } from './carry-over.ts';
import type { ConnectionStatus } from './connection-state.ts';
import { beginGeneration, type Generation } from './generation.ts';
import type { Network } from './network.ts';
import { newestOf, nextReplica, type ReplicaState } from './replica-state.ts';
import { lackingOf, readLeft, takeAlong, takeOver } from './take-along.ts';
import type { Undo } from './undo.ts';

export interface ReplicaStatus extends ConnectionStatus {
  /** Where changes that are not saved are kept: in the browser they outlive the tab. */
  readonly kept: 'browser' | 'tab';
  /**
   * Set when a part of what the browser keeps could not be read: how many of this person's own changes are lost with
   * it.
   */
  readonly damaged?: number;
}

/** One person's formula: the document, its undo, its connection, and its copy in the browser. */
export interface Replica {
  readonly doc: Y.Doc;
  readonly undo: Undo;
  readonly awareness: Awareness;
  getStatus(): ReplicaStatus;
  /** For `useSyncExternalStore`: the status is a new object exactly when something in it has changed. */
  subscribe(listener: () => void): () => void;
  /**
   * Told when `doc`, `undo` and `awareness` are others: the server has re-based the document. Own changes are in it by
   * then.
   */
  subscribeRenewed(listener: () => void): () => void;
  /** What could not be taken along into a re-based document. */
  subscribeLost(listener: (nodes: readonly LostNode[]) => void): () => void;
  reconnect(): void;
  /** Gives up own changes that the server does not take, and reads the document anew. */
  discard(): void;
  /** Resolves once the copy is written. */
  destroy(): Promise<void>;
}

export interface OpenReplica {
  readonly url: string;
  readonly formulaId: string;
  /** Of this person's own changes, which undo takes back. */
  readonly origin: unknown;
  /** Null where nothing can be kept. It is closed with the replica. */
  readonly store: CopyStore | null;
  readonly socket?: typeof WebSocket;
  /** Left out outside of browsers. */
  readonly network?: Network;
}

/** Opens a formula from what the browser keeps of it, and connects it. */
export async function openReplica({ store, ...options }: OpenReplica): Promise<Replica> {
  const changed = createEmitter<void>();
  const keeper = new CopyKeeper(store, options.formulaId, () => changed.emit());
  return new OpenedReplica(options, { keeper, changed, copies: await keeper.read() });
}

interface Kept {
  readonly keeper: CopyKeeper;
  /** Emitted when the status may be another. */
  readonly changed: Emitter<void>;
  readonly copies: readonly StoredCopy[];
}

class OpenedReplica implements Replica {
  readonly #options: Omit<OpenReplica, 'store'>;
  readonly #keeper: CopyKeeper;
  readonly #changed: Emitter<void>;
  readonly #renewed = createEmitter<void>();
  readonly #lostNodes = createEmitter<readonly LostNode[]>();
  readonly #unsubscribe: (() => void) | undefined;
  /** Of older epochs, left by other tabs. */
  #stale: readonly StoredCopy[];
  #state: ReplicaState<Generation>;
  /** Read anew when somebody asks after a change. */
  #status: ReplicaStatus | null = null;
  #wasOnline = false;
  #damaged: number | undefined;

  constructor(options: Omit<OpenReplica, 'store'>, { keeper, changed, copies }: Kept) {
    this.#options = options;
    this.#keeper = keeper;
    this.#changed = changed;
    changed.subscribe(() => (this.#status = null));
    this.#stale = copies.slice(0, -1).filter(({ own }) => own.length > 0);
    this.#state = { kind: 'steady', current: this.#begin(copies.at(-1) ?? null, []) };
    const { network } = options;
    this.#unsubscribe = network?.subscribe(() => {
      // What was sent into a line that hung is sent again, without waiting until the line is given up.
      if (network.isUp()) this.reconnect();
      changed.emit();
    });
  }

  get doc(): Y.Doc {
    return this.#current.doc;
  }

  get undo(): Undo {
    return this.#current.undo;
  }

  get awareness(): Awareness {
    return this.#current.connection.awareness;
  }

  readonly getStatus = (): ReplicaStatus => (this.#status ??= this.#readStatus());

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.subscribe(listener);

  readonly subscribeRenewed = (listener: () => void): (() => void) => this.#renewed.subscribe(listener);

  readonly subscribeLost = (listener: (nodes: readonly LostNode[]) => void): (() => void) =>
    this.#lostNodes.subscribe(listener);

  readonly reconnect = (): void => newestOf(this.#state).connection.reconnect();

  readonly discard = (): void => {
    this.#current.connection.cut();
    this.#renew(this.#current, true);
  };

  readonly destroy = async (): Promise<void> => {
    const before = this.#state;
    this.#state = nextReplica(before, { type: 'destroyed' });
    this.#unsubscribe?.();
    if (before.kind === 'renewing') before.next.close();
    before.current.close();
    await this.#keeper.close();
  };

  get #current(): Generation {
    return this.#state.current;
  }

  /** `left`: epochs of changes that are to be taken along. */
  #begin(copy: StoredCopy | null, left: readonly (number | null)[]): Generation {
    const { url, formulaId, origin, socket } = this.#options;
    const generation = beginGeneration({
      url,
      formulaId,
      origin,
      ...(socket ? { socket } : {}),
      keeper: this.#keeper,
      copy,
      left: [...this.#stale.map(({ epoch }) => epoch), ...left.filter((epoch) => epoch !== null)],
      onOutdated: () => this.#renew(generation),
      onStatus: () => this.#onStatus(generation),
      onDamaged: (own) => this.#countDamaged(own),
    });
    return generation;
  }

  /** The old document stays, and can be edited, until the new one is here. */
  #renew(outdated: Generation, discards = false): void {
    const state = this.#state;
    if (state.kind === 'closed' || (outdated !== state.current && outdated !== newestOf(state))) return;
    if (state.kind === 'renewing') state.next.close();
    const next = this.#begin(null, [state.current.epoch]);
    this.#state = nextReplica(state, { type: 'renewed', next, discards });
  }

  #onStatus(generation: Generation): void {
    const { connection, refusal } = generation.connection.getStatus();
    const isOnline = connection === 'online';
    if (refusal?.code === 'NOT_FOUND') void this.#keeper.forget();
    if (isOnline) this.#arrive(generation);
    if (generation === this.#current) this.#wasOnline = isOnline;
    this.#changed.emit();
  }

  #arrive(generation: Generation): void {
    const before = this.#state;
    this.#state = nextReplica(before, { type: 'arrived', document: generation });
    if (before.kind === 'renewing' && this.#state.kind === 'steady') this.#replace(before);
    if (generation !== this.#current) return;
    generation.keep();
    this.#takeStale();
    if (!this.#wasOnline) void this.#takeUp(generation);
  }

  /** `next` is the current document by now. */
  #replace({ current: old, next, discards }: Extract<ReplicaState<Generation>, { kind: 'renewing' }>): void {
    const own = old.connection.unsavedRows();
    next.keep();
    const before = { epoch: old.epoch, own, committed: old.committed, mine: old.doc };
    const lost = discards ? [] : takeAlong(before, next, this.#options.origin);
    old.leave(own);
    const shown = old.connection.awareness.getLocalState();
    if (shown) next.connection.awareness.setLocalState(shown);
    this.#renewed.emit();
    old.close();
    this.#publishLost(lost);
  }

  #takeStale(): void {
    const taken = this.#stale;
    this.#stale = [];
    for (const copy of taken) {
      const { before, damaged } = readLeft(copy);
      if (damaged !== null) this.#countDamaged(damaged);
      const lost = takeAlong(before, this.#current, this.#options.origin);
      const { epoch, own } = copy;
      this.#keeper.write({ type: 'remove', epoch, ids: own.map(({ id }) => id) }, { type: 'leave', epoch });
      this.#publishLost(lost);
    }
  }

  /**
   * Takes over what another tab of this person has left unsaved in the same epoch: it may have been closed before it
   * could say it.
   */
  async #takeUp(generation: Generation): Promise<void> {
    const { epoch, connection } = generation;
    await this.#keeper.flush();
    const copy = (await this.#keeper.read()).find((one) => one.epoch === epoch);
    const isOver = this.#state.kind === 'closed' || generation !== this.#current;
    // What the server would not take stays with the tab that made it.
    if (isOver || !copy || !connection.getStatus().canEdit) return;
    const left = lackingOf(copy, generation);
    if (left.length === 0) return;
    // From here on they are changes of this tab, kept and counted as such.
    this.#publishLost(takeOver(left, generation, this.#options.origin));
    this.#keeper.write({ type: 'remove', epoch: copy.epoch, ids: left.map(({ id }) => id) });
  }

  #countDamaged(own: number): void {
    this.#damaged = (this.#damaged ?? 0) + own;
    this.#changed.emit();
  }

  #publishLost(nodes: readonly LostNode[]): void {
    if (nodes.length > 0) this.#lostNodes.emit(nodes);
  }

  #readStatus(): ReplicaStatus {
    const state = this.#state;
    // Why the new document is not to be had is why there is no going on.
    const refusal = state.kind === 'renewing' ? state.next.connection.getStatus().refusal : undefined;
    // A line that hangs is given up after half a minute only: the browser knows it at once.
    const isDown = this.#options.network?.isUp() === false;
    return {
      ...state.current.connection.getStatus(),
      ...(isDown ? { connection: 'offline', saved: 'offline' } : {}),
      ...(refusal ? { refusal } : {}),
      ...(this.#damaged === undefined ? {} : { damaged: this.#damaged }),
      kept: this.#keeper.isKeeping ? 'browser' : 'tab',
    };
  }
}
