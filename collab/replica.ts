import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { CopyKeeper } from '#collab/copy/keeper.ts';
import { isSound, loadCopy } from '#collab/copy/load-copy.ts';
import type { CopyStore, Row, StoredCopy } from '#collab/copy/store.ts';
import { createEmitter } from '#core/emitter/emitter.ts';
import { carryOver, dropCommitted, type LostNode } from './carry-over.ts';
import type { ConnectionStatus } from './connection-state.ts';
import { beginGeneration, type Generation } from './generation.ts';
import type { Network } from './network.ts';
import { fillGaps } from './salvage.ts';
import type { Undo } from './undo.ts';

export interface ReplicaStatus extends ConnectionStatus {
  /** Where changes that are not saved are kept: in the browser they outlive the tab. */
  readonly kept: 'browser' | 'tab';
  /** Set when a part of what the browser keeps could not be read: how many of this person's own changes are lost with it. */
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
  /** Told when `doc`, `undo` and `awareness` are others: the server has re-based the document. Own changes are in it by then. */
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

/** What is being done with the current generation; the table "A client's replica" of server/realtime/PROTOCOL.md has the transitions. */
type Phase =
  | { readonly kind: 'steady' }
  /** `next` is on its way to take the place of the current one, with own changes unless the person `discards` them. */
  | { readonly kind: 'renewing'; readonly next: Generation; readonly discards: boolean }
  | { readonly kind: 'closed' };

/** Opens a formula from what the browser keeps of it, and connects it. */
export async function openReplica({ store, network, ...options }: OpenReplica): Promise<Replica> {
  const changed = createEmitter<void>();
  const renewed = createEmitter<void>();
  const lostNodes = createEmitter<readonly LostNode[]>();
  let status: ReplicaStatus | null = null;
  const publish = (): void => {
    status = null;
    changed.emit();
  };
  const keeper = new CopyKeeper(store, options.formulaId, publish);
  const copies = await keeper.read();
  /** Of older epochs, left by other tabs. */
  let stale = copies.slice(0, -1).filter(({ own }) => own.length > 0);
  let phase: Phase = { kind: 'steady' };
  let wasOnline = false;
  let damaged: number | undefined;
  let current = begin(copies.at(-1) ?? null, []);
  const unsubscribe = network?.subscribe(() => {
    // What was sent into a line that hung is sent again, without waiting until the line is given up.
    if (network.isUp()) newest().connection.reconnect();
    publish();
  });

  /** The generation that is, or is to be, the current one. */
  function newest(): Generation {
    return phase.kind === 'renewing' ? phase.next : current;
  }

  /** `left`: epochs of changes that are to be taken along. */
  function begin(copy: StoredCopy | null, left: readonly (number | null)[]): Generation {
    const generation = beginGeneration({
      ...options,
      keeper,
      copy,
      left: [...stale.map(({ epoch }) => epoch), ...left.filter((epoch) => epoch !== null)],
      onOutdated: () => renew(generation),
      onStatus: () => onStatus(generation),
      onDamaged: countDamaged,
    });
    return generation;
  }

  /** The old document stays, and can be edited, until the new one is here. */
  function renew(outdated: Generation, discards = false): void {
    if (phase.kind === 'closed' || (outdated !== current && outdated !== newest())) return;
    const before = phase.kind === 'renewing' ? phase : null;
    before?.next.close();
    phase = { kind: 'renewing', next: begin(null, [current.epoch]), discards: discards || before?.discards === true };
  }

  function onStatus(generation: Generation): void {
    const { connection, refusal } = generation.connection.getStatus();
    if (refusal?.code === 'NOT_FOUND') void keeper.forget();
    if (connection === 'online') {
      if (phase.kind === 'renewing' && generation === phase.next) finishRenewal(phase);
      if (generation === current) {
        current.keep();
        takeStale();
        if (!wasOnline) void takeUp();
      }
    }
    if (generation === current) wasOnline = connection === 'online';
    publish();
  }

  function finishRenewal({ next, discards }: Extract<Phase, { kind: 'renewing' }>): void {
    const old = current;
    const own = old.connection.unsavedRows();
    phase = { kind: 'steady' };
    current = next;
    current.keep();
    const lost = discards ? [] : takeAlong(own, old.epoch, { committed: old.committed, mine: old.doc });
    old.leave(own);
    const shown = old.connection.awareness.getLocalState();
    if (shown) current.connection.awareness.setLocalState(shown);
    renewed.emit();
    old.close();
    publishLost(lost);
  }

  function takeStale(): void {
    const taken = stale;
    stale = [];
    for (const copy of taken) {
      const { mine, committed, left, damaged: broken } = loadCopy(copy);
      if (broken.length > 0) countDamaged(copy.own.length - left.length);
      for (const { bytes } of left) Y.applyUpdate(mine, bytes);
      fillGaps(mine);
      const lost = takeAlong(broken.length > 0 ? left : copy.own, copy.epoch, { committed, mine });
      keeper.write(
        { type: 'remove', epoch: copy.epoch, ids: copy.own.map(({ id }) => id) },
        { type: 'leave', epoch: copy.epoch },
      );
      publishLost(lost);
    }
  }

  /** Takes over what another tab of this person has left unsaved in the same epoch: it may have been closed before it could say it. */
  async function takeUp(): Promise<void> {
    const { doc, epoch, connection } = current;
    await keeper.flush();
    const copy = (await keeper.read()).find((one) => one.epoch === epoch);
    // What the server would not take stays with the tab that made it.
    if (phase.kind === 'closed' || doc !== current.doc || !copy || !connection.getStatus().canEdit) return;
    const known = new Set(connection.unsavedRows().map(({ id }) => id));
    const there = Y.snapshot(doc);
    const left = copy.own.filter(
      (row) => !known.has(row.id) && isSound(row) && !Y.snapshotContainsUpdate(there, row.bytes),
    );
    if (left.length === 0) return;
    // From here on they are changes of this tab, kept and counted as such.
    publishLost(takeOver(left.map(({ bytes }) => bytes)));
    keeper.write({ type: 'remove', epoch: copy.epoch, ids: left.map(({ id }) => id) });
  }

  /** Changes of this epoch. Those that build on others which are damaged are made once more, as changes of the formula. */
  function takeOver(updates: readonly Uint8Array[]): readonly LostNode[] {
    const { doc, committed } = current;
    // What was deleted is kept: what waits may stand in its place.
    const mine = new Y.Doc({ gc: false });
    for (const bytes of [Y.encodeStateAsUpdate(doc), ...updates]) Y.applyUpdate(mine, bytes);
    if (fillGaps(mine)) return carryOver({ committed, mine }, doc, options.origin);
    for (const bytes of updates) Y.applyUpdate(doc, bytes, 'another tab');
    return [];
  }

  /** Makes such of `own` once more, in the current document, as was not committed in its epoch. */
  function takeAlong(
    own: readonly Row[],
    epoch: number | null,
    docs: { readonly committed: Y.Doc; readonly mine: Y.Doc },
  ): readonly LostNode[] {
    const had = epoch === null ? undefined : current.ended.get(epoch);
    return dropCommitted(own, had, docs.committed).length > 0 ? carryOver(docs, current.doc, options.origin) : [];
  }

  function countDamaged(own: number): void {
    damaged = (damaged ?? 0) + own;
    publish();
  }

  function publishLost(nodes: readonly LostNode[]): void {
    if (nodes.length > 0) lostNodes.emit(nodes);
  }

  function readStatus(): ReplicaStatus {
    // Why the new document is not to be had is why there is no going on.
    const refusal = phase.kind === 'renewing' ? phase.next.connection.getStatus().refusal : undefined;
    // A line that hangs is given up after half a minute only: the browser knows it at once.
    const isDown = network?.isUp() === false;
    return {
      ...current.connection.getStatus(),
      ...(isDown ? { connection: 'offline', saved: 'offline' } : {}),
      ...(refusal ? { refusal } : {}),
      ...(damaged === undefined ? {} : { damaged }),
      kept: keeper.isKeeping ? 'browser' : 'tab',
    };
  }

  return {
    get doc() {
      return current.doc;
    },
    get undo() {
      return current.undo;
    },
    get awareness() {
      return current.connection.awareness;
    },
    getStatus: () => (status ??= readStatus()),
    subscribe: changed.subscribe,
    subscribeRenewed: renewed.subscribe,
    subscribeLost: lostNodes.subscribe,
    reconnect: () => newest().connection.reconnect(),
    discard: () => {
      current.connection.cut();
      renew(current, true);
    },
    destroy: async () => {
      const before = phase;
      phase = { kind: 'closed' };
      unsubscribe?.();
      if (before.kind === 'renewing') before.next.close();
      current.close();
      await keeper.close();
    },
  };
}
