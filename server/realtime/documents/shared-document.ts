import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import * as Y from 'yjs';
import { rootsOf } from '#collab/document-roots.ts';
import { encodeSync, SYNC } from '#collab/messages.ts';
import { piecesIn } from '#collab/rebase.ts';
import { isIncomplete } from '#collab/salvage.ts';
import { addWeights, NO_WEIGHT, weightOf, type Weight } from '#collab/scan-update.ts';
import type { UserId } from '#core/requests/ids.ts';
import { orUnreadable } from '#server/compute/formula/read-stored.ts';
import type { StoredDocument } from '#server/db/queries/documents.ts';
import type { DocumentId, DocumentStore } from './document-store.ts';
import {
  committingOf,
  gatheringOf,
  IDLE,
  nextWriting,
  type Group,
  type WritingEvent,
  type WritingState,
} from './writing-state.ts';

/** Who has the document open. */
export interface Subscriber {
  /** A message with what was committed. */
  receive(message: Uint8Array): void;
  /** The document is thrown away: it must be opened again. */
  lose(error: unknown): void;
}

/** Who hears how the document does; times in milliseconds. */
export interface Observer {
  committed(sequence: number, count: number): void;
  broadcast(time: number): void;
}

/**
 * Updates gather while those before them are committed, a few milliseconds. With a crowd in the room, sending costs
 * more than committing: then they gather for four times as long as the last sending took, so that a fifth of the time
 * goes into it at the most, but never for longer than this.
 */
const GATHER_SENDINGS = 4;
const GATHER_MOST_MS = 14;

/**
 * One document in memory. `doc` runs ahead of the database by the updates that are being committed; what people are
 * sent never does (rules W1 and W2 of PROTOCOL.md).
 */
export class SharedDocument {
  readonly doc = new Y.Doc();
  readonly subscribers = new Set<Subscriber>();
  /** The state vector of what has been sent. */
  readonly sent = new Map<number, number>();
  readonly id: DocumentId;
  readonly epoch: number;
  readonly #store: DocumentStore;
  readonly #observer: Observer;
  #sequence: number;
  #state: WritingState = IDLE;
  /** How long it took to hand the last group to everybody, in milliseconds. */
  #sending = 0;
  #produced: Uint8Array[] = [];
  /** The most that it can weigh: the sum of what was written. Measured when that is too much. */
  #most: Weight;
  /** What was written here and is not compacted. */
  #notCompacted = NO_WEIGHT;

  constructor(id: DocumentId, store: DocumentStore, loaded: StoredDocument, observer: Observer) {
    this.id = id;
    this.#store = store;
    this.#observer = observer;
    this.#sequence = loaded.sequence;
    this.epoch = loaded.epoch;
    this.#most = loaded.weight;
    // Gives the roots their types, so that no update can make something else of them.
    rootsOf(this.doc);
    orUnreadable(() => {
      for (const update of loaded.updates) Y.applyUpdate(this.doc, update, this);
      if (isIncomplete(this.doc)) throw new Error('A part of the document is not there.');
    });
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(this.doc))) this.sent.set(client, clock);
    this.doc.on('update', (update: Uint8Array) => this.#produced.push(update));
  }

  /** What it weighs; bytes and values at the most. */
  get weight(): Weight {
    return { ...this.#most, pieces: piecesIn(this.doc) };
  }

  /** What was written here since the stored document was made one. */
  get written(): Weight {
    return this.#notCompacted;
  }

  /** What was written until then is one with the stored document. */
  compacted({ bytes, pieces, values }: Weight): void {
    this.#notCompacted = addWeights(this.#notCompacted, { bytes: -bytes, pieces: -pieces, values: -values });
  }

  /** Whether it may grow by so much, which is counted then. */
  grow(by: Weight, largest: Pick<Weight, 'bytes' | 'values'>): boolean {
    const fits = ({ bytes, values }: Weight): boolean =>
      bytes + by.bytes <= largest.bytes && values + by.values <= largest.values;
    if (!fits(this.#most)) this.#most = weightOf(Y.encodeStateAsUpdate(this.doc)) ?? this.#most;
    if (!fits(this.#most)) return false;
    this.#most = addWeights(this.#most, by);
    this.#notCompacted = addWeights(this.#notCompacted, by);
    return true;
  }

  get isLost(): boolean {
    return this.#state.kind === 'lost';
  }

  /**
   * Makes a change; resolves once what is new of it is committed and sent. Throws when it can't be made whole: then the
   * document is lost, and is loaded anew by whoever opens it next.
   */
  change(actorId: UserId | null, make: (doc: Y.Doc) => void): Promise<void> {
    if (this.isLost) return this.settled();
    const bytes = this.#perform(make);
    if (bytes) this.#enter({ type: 'written', update: { actorId, bytes } });
    return this.settled();
  }

  /** Resolves once all that `doc` holds at this moment is committed and sent. */
  settled(): Promise<void> {
    const state = this.#state;
    if (state.kind === 'lost') return rejected(state.error);
    const gathering = gatheringOf(state);
    if (gathering && gathering.updates.length > 0) return gathering.done.promise;
    return committingOf(state)?.done.promise ?? Promise.resolve();
  }

  /** Another server has committed up to `sequence`. */
  announce(sequence: number): void {
    if (sequence > this.#sequence) void this.catchUp();
  }

  /** Resolves once everything that was committed before, here or elsewhere, is in `doc`. */
  catchUp(): Promise<void> {
    this.#enter({ type: 'behind' });
    return gatheringOf(this.#state)?.done.promise ?? this.settled();
  }

  lose(error: unknown): void {
    const state = this.#state;
    if (state.kind === 'lost') return;
    this.#enter({ type: 'failed', error });
    committingOf(state)?.done.reject(error);
    gatheringOf(state)?.done.reject(error);
    for (const subscriber of [...this.subscribers]) subscriber.lose(error);
    this.doc.destroy();
  }

  /**
   * Each time that updates begin to gather, one commit of them is on its way: a second one would take the same
   * sequence.
   */
  #enter(event: WritingEvent): void {
    const before = this.#state;
    this.#state = nextWriting(before, event);
    if (this.#state.kind === 'gathering' && before.kind !== 'gathering') void this.#commitSoon();
  }

  async #commitSoon(): Promise<void> {
    try {
      const gather = Math.min(GATHER_MOST_MS, GATHER_SENDINGS * this.#sending);
      await (gather < 1 ? immediate() : delay(gather));
      this.#enter({ type: 'begun' });
      const group = committingOf(this.#state);
      if (group) await this.#commit(group);
    } catch (error) {
      this.lose(error);
    }
  }

  async #commit({ updates, done }: Group): Promise<void> {
    const known = { sequence: this.#sequence, epoch: this.epoch };
    const missed =
      updates.length > 0
        ? await this.#store.append(this.id, known, updates)
        : await this.#store.readAfter(this.id, known);
    if (this.isLost) return;
    this.#sequence = missed.sequence;
    const others = missed.updates
      .map((bytes) => this.#perform((doc) => Y.applyUpdate(doc, bytes, this)))
      .filter((bytes) => bytes !== null);
    this.#send([...others, ...updates.map(({ bytes }) => bytes)]);
    this.#enter({ type: 'committed' });
    done.resolve();
    if (updates.length > 0) this.#observer.committed(this.#sequence, updates.length);
  }

  /** What `make` changes, or null when that is nothing. */
  #perform(make: (doc: Y.Doc) => void): Uint8Array | null {
    this.#produced = [];
    try {
      make(this.doc);
      if (isIncomplete(this.doc)) throw new Error('The update builds on something that is not there.');
    } catch (error) {
      this.lose(error);
      throw error;
    }
    const [first, ...more] = this.#produced;
    return first === undefined ? null : more.length === 0 ? first : Y.mergeUpdates([first, ...more]);
  }

  #send(updates: readonly Uint8Array[]): void {
    const [first, ...more] = updates;
    if (!first) return;
    const merged = more.length === 0 ? first : Y.mergeUpdates([first, ...more]);
    const message = encodeSync(SYNC.update, merged);
    const start = performance.now();
    for (const subscriber of [...this.subscribers]) subscriber.receive(message);
    this.#sending = performance.now() - start;
    this.#observer.broadcast(this.#sending);
    // After sending: who falls behind now starts from what was sent before.
    for (const [client, clock] of Y.parseUpdateMeta(merged).to)
      this.sent.set(client, Math.max(clock, this.sent.get(client) ?? 0));
  }
}

function rejected(error: unknown): Promise<never> {
  const promise = Promise.reject(error);
  // Nobody may be waiting for it.
  promise.catch(() => undefined);
  return promise;
}
