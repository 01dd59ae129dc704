import * as decoding from 'lib0/decoding';
import type { RawData, WebSocket } from 'ws';
import * as Y from 'yjs';
import { FIRST_EPOCH, firstClient } from '#collab/epoch.ts';
import { CLOSE, MESSAGE, SYNC, type EndedEpoch } from '#collab/messages.ts';
import type { UserId } from '#core/requests/ids.ts';
import { TokenBucket } from '#server/limits/token-bucket.ts';
import { can } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';
import { DocumentGone, EpochRaised } from '../documents/document-store.ts';
import { TooManyDocuments } from '../documents/documents.ts';
import type { Limits } from '../limits.ts';
import type { RealtimeMetrics } from '../realtime-metrics.ts';
import { BoundedSender } from './bounded-sender.ts';
import { ClientNotices } from './client-notices.ts';
import { DocumentAnswers } from './document-answers.ts';
import { PacedReader, type Budgets } from './paced-reader.ts';
import type { Occupant, Room } from './room.ts';
import { UpdateIntake, type Intake } from './update-intake.ts';

interface Options {
  readonly socket: WebSocket;
  readonly room: Room;
  readonly actor: Person;
  /** Whether the client knows the messages that y-protocols does not have. */
  readonly extra: boolean;
  /** Epochs of which it has asked what was committed in them. */
  readonly ended: readonly EndedEpoch[];
  readonly limits: Limits;
  readonly budgets: Budgets;
  readonly metrics: Pick<RealtimeMetrics, 'received' | 'refused' | 'closed'>;
}

/** A byte of presence for how many others is charged. */
const PRESENCE_COST = 32;

const OLD_EPOCH = 'The strategy was rewritten meanwhile. Open it anew.';

/**
 * One socket in a room: reads its messages, and sends what its person may know. Rules by name: PROTOCOL.md. What the
 * reader lacks of the document is sent by `DocumentAnswers`; updates are taken by `UpdateIntake`.
 */
export class RoomSocket implements Occupant {
  readonly socket: WebSocket;
  readonly #room: Room;
  readonly #limits: Limits;
  readonly #metrics: Options['metrics'];
  readonly #sender: BoundedSender;
  readonly #reader: PacedReader;
  readonly #notices: ClientNotices;
  readonly #answers: DocumentAnswers;
  readonly #intake: UpdateIntake;
  #actor: Person;
  #isTaking = true;

  constructor({ socket, room, actor, extra, ended, limits, budgets, metrics }: Options) {
    this.socket = socket;
    this.#room = room;
    this.#actor = actor;
    this.#limits = limits;
    this.#metrics = metrics;
    this.#reader = new PacedReader({
      socket,
      own: new TokenBucket(limits.rate, limits.burst, performance.now()),
      ...budgets,
      limits,
      read: (data) => this.#handle(data),
      onPaid: () => this.#answers.paid(),
      onFlood: () => this.close(CLOSE.tryAgainLater, 'Too many messages came at once.'),
    });
    this.#sender = new BoundedSender(socket, limits.queued, () => this.#sendMissed());
    this.#notices = new ClientNotices(this.#sender, extra);
    const [sender, reader] = [this.#sender, this.#reader];
    this.#answers = new DocumentAnswers({ socket, room, sender, reader, longest: limits.queued, occupant: this });
    this.#intake = new UpdateIntake({
      room,
      charge: (bytes) => reader.charge(bytes),
      onSaved: () => this.#sendSaved(),
    });
    socket.on('message', (data, isBinary) => this.#take(data, isBinary));
    this.#notices.epoch(room.document.epoch);
    this.#notices.ended(ended);
    this.#notices.access(this.#canEdit);
    this.#askForMore();
    this.sendPresence();
  }

  /** The reader does not keep up: nothing is worth writing for it. */
  get isBehind(): boolean {
    return this.#sender.isBehind;
  }

  /** The person owes for what they have sent: their answer to a ping is not read meanwhile. */
  get isWaiting(): boolean {
    return this.#reader.isWaiting;
  }

  get userId(): UserId {
    return this.#actor.userId;
  }

  get #canEdit(): boolean {
    return can(this.#actor, 'formula.edit');
  }

  /** The person's role may have changed (A3). */
  setActor(actor: Person): void {
    const before = this.#canEdit;
    this.#actor = actor;
    if (before === this.#canEdit) return;
    this.#notices.access(this.#canEdit);
    this.#askForMore();
  }

  receive(message: Uint8Array): void {
    if (!this.#sender.send(message)) this.#answers.missed();
  }

  lose(error: unknown): void {
    if (error instanceof EpochRaised) {
      this.#notices.epoch(error.epoch);
      this.close(CLOSE.oldEpoch, OLD_EPOCH);
    } else if (error instanceof DocumentGone) this.close(CLOSE.notFound, error.message);
    else if (error instanceof TooManyDocuments) this.close(CLOSE.tryAgainLater, error.message);
    else this.close(CLOSE.tryAgainLater, 'The strategy could not be saved. Connect again.');
  }

  close(code: number, reason: string): void {
    this.#metrics.closed(code);
    this.socket.close(code, reason);
  }

  sendPresence(message?: Uint8Array): void {
    if (!this.isBehind) this.#sender.send(message ?? this.#room.everybody());
  }

  /** Keeps a line alive on which there is nothing to say. */
  sayNothing(): void {
    this.#notices.nothing();
  }

  stopTaking(): void {
    this.#isTaking = false;
  }

  /**
   * Newer wholes were needed while this reader took an old one, which would be in memory as long as the socket is:
   * nobody waits for a goodbye.
   */
  fallBehind(): void {
    this.#metrics.closed(CLOSE.tryAgainLater);
    this.#answers.drop();
    this.socket.terminate();
  }

  get #isOpen(): boolean {
    return this.#isTaking && this.socket.readyState === this.socket.OPEN;
  }

  #take(data: RawData, isBinary: boolean): void {
    if (!this.#isOpen) return;
    if (!isBinary || !(data instanceof Uint8Array)) return this.close(CLOSE.malformed, 'Messages are binary.');
    if (data.length > this.#limits.message)
      return this.close(CLOSE.tooLarge, `A message has at most ${this.#limits.message} bytes.`);
    this.#metrics.received(data.length);
    this.#reader.take(data);
  }

  #handle(data: Uint8Array): void {
    if (!this.#isOpen) return;
    // A state is sent on to everybody in the room.
    this.#reader.charge(data[0] === MESSAGE.awareness ? data.length * PRESENCE_COST : data.length);
    this.#reader.timed(() => {
      try {
        this.#read(data);
      } catch {
        this.close(CLOSE.malformed, 'A message could not be read.');
      }
    });
  }

  #read(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    switch (decoding.readVarUint(decoder)) {
      case MESSAGE.sync: {
        const step = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        if (step === SYNC.step1) this.#begin(Y.decodeStateVector(bytes));
        else if (step === SYNC.step2 || step === SYNC.update) this.#takeUpdate(bytes);
        else throw new Error('There is no such step.');
        return;
      }
      case MESSAGE.awareness: {
        const { userId: id, name } = this.#actor;
        return this.#room.show(this, { id, name }, decoding.readVarUint8Array(decoder));
      }
      case MESSAGE.queryAwareness:
        return this.#room.ask(this);
      default:
        // A newer client may know more than we do.
        return;
    }
  }

  /**
   * A state vector shows of which epoch the client's document is: it has what the epoch began with, or nothing (E3).
   */
  #begin(has: Map<number, number>): void {
    const { epoch, id } = this.#room.document;
    if (epoch > FIRST_EPOCH && has.size > 0 && !has.has(firstClient(id.formulaId, epoch)))
      this.close(CLOSE.oldEpoch, OLD_EPOCH);
    else this.#answers.answer(has);
  }

  #takeUpdate(update: Uint8Array): void {
    const { userId, role } = this.#actor;
    const forbidden = this.#canEdit ? null : `Your role (${role}) does not allow you to edit.`;
    const intake = this.#intake.take(update, { userId, forbidden }, this);
    switch (intake.kind) {
      case 'taken':
        return;
      case 'outdated':
        return this.close(CLOSE.oldEpoch, OLD_EPOCH);
      case 'ahead':
        return this.close(CLOSE.tryAgainLater, 'More was written at once than can be stored. Connect again.');
      case 'refused':
        this.#refuse(intake);
        this.#sendSaved();
        if (intake.code === 'INCOMPLETE') this.#askForMore();
    }
  }

  #refuse({ update, code, reason: message }: Extract<Intake, { kind: 'refused' }>): void {
    this.#metrics.refused(code);
    if (!this.#notices.refused({ update, code, message }))
      this.close(CLOSE.tryAgainLater, 'Messages are not read fast enough.');
  }

  #sendSaved(): void {
    this.#notices.saved(this.#intake.saved);
  }

  /** To those whose changes we take (W4). */
  #askForMore(): void {
    if (this.#canEdit) this.#notices.askFor(this.#room.document.doc);
  }

  /** The reader has taken what was queued (B1). */
  #sendMissed(): void {
    const owed = this.#answers.taken();
    this.#notices.access(this.#canEdit);
    this.#askForMore();
    this.sendPresence();
    if (owed) this.#answers.answer(owed);
    this.#sendSaved();
  }
}
