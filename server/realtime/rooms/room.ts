import * as encoding from 'lib0/encoding';
import { BOUNDS } from '#collab/bounds.ts';
import { encodeMessage, MESSAGE } from '#collab/messages.ts';
import type { PresentUser } from '#collab/presence.ts';
import type { Weight } from '#collab/scan-update.ts';
import type { FormulaId, UserId } from '#core/requests/ids.ts';
import type { Lease } from '../documents/documents.ts';
import type { SharedDocument, Subscriber } from '../documents/shared-document.ts';
import { WholeDocuments } from '../documents/whole-documents.ts';
import type { Limits } from '../limits.ts';
import type { ExchangedRoom, PresenceExchange } from '../presence/presence-exchange.ts';
import { Presence } from '../presence/presence.ts';
import type { Speakers } from '../presence/speakers.ts';

/** Changes of presence are sent together, at most 30 times a second. */
const PRESENCE_MS = 33;
/** Who asks for everybody's presence is answered once in so long. */
const ASKED_MS = 1000;

/** Who has the document open: a socket, to the room. */
export interface Occupant extends Subscriber {
  readonly userId: UserId;
  /** Whether so much waits for them that what soon is out of date is left out. */
  readonly isBehind: boolean;
  sendPresence(message: Uint8Array): void;
  /** What the reader was to be sent is gone: the reader has to come again. */
  fallBehind(): void;
}

/** The people who have one document open. */
export class Room implements ExchangedRoom {
  readonly document: SharedDocument;
  readonly connections = new Set<Occupant>();
  readonly wholes: WholeDocuments;
  readonly #presence: Presence<Occupant>;
  readonly #limits: Limits;
  readonly #lease: Lease;
  readonly #exchange: Pick<PresenceExchange, 'changed' | 'opened'>;
  #timer: NodeJS.Timeout | undefined;
  readonly #asked = new Set<Occupant>();
  #askedTimer: NodeJS.Timeout | undefined;

  constructor(
    lease: Lease,
    limits: Limits,
    exchange: Pick<PresenceExchange, 'changed' | 'opened'>,
    speakers: Speakers,
  ) {
    this.#lease = lease;
    this.#presence = new Presence(lease.document.id.formulaId, speakers);
    this.document = lease.document;
    this.#limits = limits;
    this.wholes = new WholeDocuments(lease.document, limits.queued);
    this.#exchange = exchange;
    exchange.opened(this);
  }

  get formulaId(): FormulaId {
    return this.document.id.formulaId;
  }

  join(connection: Occupant): void {
    this.connections.add(connection);
    this.document.subscribers.add(connection);
  }

  leave(connection: Occupant): void {
    this.connections.delete(connection);
    this.document.subscribers.delete(connection);
    this.#asked.delete(connection);
    this.wholes.forget(connection);
    if (this.#presence.leave(connection)) this.#publishPresence();
  }

  /** Somebody's awareness update (P1, P2). */
  show(connection: Occupant, user: PresentUser, update: Uint8Array): void {
    if (this.#presence.receive(connection, user, update, this.#limits.presence)) this.#publishPresence();
  }

  /** Somebody asks for everybody's presence: all who ask in the same second get one message, written once (P4). */
  ask(connection: Occupant): void {
    this.#asked.add(connection);
    this.#askedTimer ??= setTimeout(() => {
      this.#askedTimer = undefined;
      const waiting = [...this.#asked].filter((one) => !one.isBehind);
      this.#asked.clear();
      const message = waiting.length > 0 ? this.everybody() : null;
      if (message) for (const one of waiting) one.sendPresence(message);
    }, ASKED_MS);
  }

  /** A message with what everybody shows, here and on other servers. */
  everybody(): Uint8Array {
    return awarenessMessage(this.#presence.encodeAll());
  }

  takePresenceHere(): Uint8Array | null {
    return this.#presence.takeChangesHere();
  }

  repeatPresenceHere(): void {
    this.#presence.repeatHere();
  }

  adoptPresence(update: Uint8Array, now: number): void {
    if (this.#presence.adopt(update, now)) this.#publishPresence();
  }

  forgetPresence(time: number): void {
    if (this.#presence.forget(time)) this.#publishPresence();
  }

  /** Takes so much room for the document to grow; or says why there is none. */
  grow(by: Weight): string | null {
    const lack = this.#lease.lacks(by);
    if (lack) return lack;
    return this.document.grow(by, { bytes: this.#limits.document, values: BOUNDS.values })
      ? null
      : 'The strategy is as large as a strategy may be. Remove something first.';
  }

  /** Whether more was written than the database makes one again meanwhile. */
  get isAhead(): boolean {
    const { bytes, pieces } = this.document.written;
    return bytes > this.#limits.bytesWritten || pieces > this.#limits.piecesWritten;
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#askedTimer);
    // That the last one has left.
    this.#exchange.changed(this);
    this.#lease.release();
  }

  #publishPresence(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const message = awarenessMessage(this.#presence.takeChanges());
      for (const connection of this.connections) connection.sendPresence(message);
      this.#exchange.changed(this);
    }, PRESENCE_MS);
  }
}

const awarenessMessage = (update: Uint8Array): Uint8Array =>
  encodeMessage(MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update));
