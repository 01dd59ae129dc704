import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { RawData, WebSocket } from 'ws';
import { writePermissionDenied } from 'y-protocols/auth';
import * as Y from 'yjs';
import { FIRST_EPOCH, firstClient } from '#collab/epoch.ts';
import {
  CLOSE,
  encodeAccess,
  encodeEnded,
  encodeEpoch,
  encodeMessage,
  encodeRefused,
  encodeSaved,
  encodeSync,
  MESSAGE,
  SYNC,
  type EndedEpoch,
  type RefusalCode,
} from '#collab/messages.ts';
import { NO_WEIGHT, weightOf } from '#collab/scan-update.ts';
import { TokenBucket } from '#server/limits/token-bucket.ts';
import { can } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';
import { checkUpdate } from '../documents/check-update.ts';
import { DocumentGone, EpochRaised } from '../documents/document-store.ts';
import { TooManyDocuments } from '../documents/documents.ts';
import type { Subscriber } from '../documents/shared-document.ts';
import type { Whole } from '../documents/whole-documents.ts';
import type { Limits } from '../limits.ts';
import type { RealtimeMetrics } from '../metrics.ts';
import { BoundedSender } from './bounded-sender.ts';
import { PacedReader, type Budgets } from './paced-reader.ts';
import type { Room } from './room.ts';

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

/** An awareness update about nobody. */
const NOTHING = encodeMessage(MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, Uint8Array.of(0)));

/** Bytes that a piece of an update is charged as: so many it has in memory. */
const PIECE_COST = 480;

/** A byte of presence for how many others is charged. */
const PRESENCE_COST = 32;

const OLD_EPOCH = 'The formula was rewritten meanwhile. Open it anew.';

/** One socket in a room: takes its messages, and tells it what it may know. Rules by name: PROTOCOL.md. */
export class Connection implements Subscriber {
  readonly socket: WebSocket;
  private readonly room: Room;
  private readonly extra: boolean;
  private readonly limits: Limits;
  private readonly metrics: Options['metrics'];
  private readonly sender: BoundedSender;
  private readonly reader: PacedReader;
  private actor: Person;
  /** Update messages received, and those of them that are being committed. */
  private received = 0;
  private readonly uncommitted = new Set<number>();
  private isTaking = true;
  /** The whole document that is being sent. */
  private sending: Whole | null = null;
  /** While the reader is behind: what it has. */
  private has: Map<number, number> | null = null;

  constructor({ socket, room, actor, extra, ended, limits, budgets, metrics }: Options) {
    this.socket = socket;
    this.room = room;
    this.actor = actor;
    this.extra = extra;
    this.limits = limits;
    this.metrics = metrics;
    this.reader = new PacedReader({
      socket,
      own: new TokenBucket(limits.rate, limits.burst, performance.now()),
      ...budgets,
      limits,
      read: (data) => this.handle(data),
      onPaid: () => this.answerPaid(),
      onFlood: () => this.close(CLOSE.tryAgainLater, 'Too many messages came at once.'),
    });
    this.sender = new BoundedSender(socket, limits.queued, () => this.sendMissed());
    socket.on('message', (data, isBinary) => this.take(data, isBinary));
    this.sendEpoch(room.document.epoch);
    if (extra) for (const one of ended) this.sender.send(encodeEnded(one));
    this.sendAccess();
    this.askForMore();
    this.sendPresence();
  }

  /** The reader does not keep up: nothing is worth writing for it. */
  get isBehind(): boolean {
    return this.sender.isBehind;
  }

  /** The person owes for what they have sent: their answer to a ping is not read meanwhile. */
  get isWaiting(): boolean {
    return this.reader.isWaiting;
  }

  get userId(): string {
    return this.actor.userId;
  }

  private get canEdit(): boolean {
    return can(this.actor, 'formula.edit');
  }

  /** The person's role may have changed (A3). */
  setActor(actor: Person): void {
    const before = this.canEdit;
    this.actor = actor;
    if (before === this.canEdit) return;
    this.sendAccess();
    this.askForMore();
  }

  receive(message: Uint8Array): void {
    if (!this.sender.send(message)) this.has ??= new Map(this.room.document.sent);
  }

  lose(error: unknown): void {
    if (error instanceof EpochRaised) {
      this.sendEpoch(error.epoch);
      this.close(CLOSE.oldEpoch, OLD_EPOCH);
    } else if (error instanceof DocumentGone) this.close(CLOSE.notFound, error.message);
    else if (error instanceof TooManyDocuments) this.close(CLOSE.tryAgainLater, error.message);
    else this.close(CLOSE.tryAgainLater, 'The formula could not be saved. Connect again.');
  }

  close(code: number, reason: string): void {
    this.metrics.closed(code);
    this.socket.close(code, reason);
  }

  sendPresence(message?: Uint8Array): void {
    if (!this.isBehind) this.sender.send(message ?? this.room.everybody());
  }

  /** Keeps a line alive on which there is nothing to say. */
  sayNothing(): void {
    this.sender.send(NOTHING);
  }

  stopTaking(): void {
    this.isTaking = false;
  }

  private take(data: RawData, isBinary: boolean): void {
    if (!this.isTaking || this.socket.readyState !== this.socket.OPEN) return;
    if (!isBinary || !(data instanceof Uint8Array)) return this.close(CLOSE.malformed, 'Messages are binary.');
    if (data.length > this.limits.message)
      return this.close(CLOSE.tooLarge, `A message has at most ${this.limits.message} bytes.`);
    this.metrics.received(data.length);
    this.reader.take(data);
  }

  private handle(data: Uint8Array): void {
    if (!this.isTaking || this.socket.readyState !== this.socket.OPEN) return;
    // A state is sent on to everybody in the room.
    this.reader.charge(data[0] === MESSAGE.awareness ? data.length * PRESENCE_COST : data.length);
    this.reader.timed(() => {
      try {
        this.read(data);
      } catch {
        this.close(CLOSE.malformed, 'A message could not be read.');
      }
    });
  }

  private answerPaid(): void {
    const { has } = this;
    if (has === null || this.isBehind || this.socket.readyState !== this.socket.OPEN) return;
    this.has = null;
    this.reader.timed(() => this.answer(has));
  }

  private read(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    switch (decoding.readVarUint(decoder)) {
      case MESSAGE.sync: {
        const step = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        if (step === SYNC.step1) this.begin(Y.decodeStateVector(bytes));
        else if (step === SYNC.step2 || step === SYNC.update) this.takeUpdate(bytes);
        else throw new Error('There is no such step.');
        return;
      }
      case MESSAGE.awareness:
        return this.room.show(
          this,
          { id: this.actor.userId, name: this.actor.name },
          decoding.readVarUint8Array(decoder),
        );
      case MESSAGE.queryAwareness:
        return this.room.ask(this);
      default:
        // A newer client may know more than we do.
        return;
    }
  }

  /** A state vector shows of which epoch the client's document is: it has what the epoch began with, or nothing (E3). */
  private begin(has: Map<number, number>): void {
    const { epoch, id } = this.room.document;
    if (epoch > FIRST_EPOCH && has.size > 0 && !has.has(firstClient(id.formulaId, epoch)))
      this.close(CLOSE.oldEpoch, OLD_EPOCH);
    else this.answer(has);
  }

  /** Step 2, once all that is in it is committed (W2), and once the answer before is paid for (B2). */
  private answer(has: Map<number, number>): void {
    if (this.isBehind || this.reader.isWaiting) {
      this.has = has;
      return;
    }
    const { document } = this.room;
    // The document may be lost, and with it this socket.
    const onLost = (): void => undefined;
    const sendAll = (whole: Whole): void =>
      void whole.settled.then(() => {
        if (!this.sendWhole(whole, has)) this.room.wholes.leave(this, whole);
      }, onLost);
    const ready = has.size === 0 ? this.room.wholes.reuse(this) : null;
    if (ready) {
      this.reader.charge(ready.message.length);
      return sendAll(ready);
    }
    const update = Y.encodeStateAsUpdate(document.doc, Y.encodeStateVector(has));
    this.reader.charge(update.length);
    if (update.length > this.limits.queued) return sendAll(this.room.wholes.enter(this));
    document.settled().then(() => {
      if (!this.sender.send(encodeSync(SYNC.step2, update))) this.has = has;
    }, onLost);
  }

  /** Somebody lacks more than is queued: they get all that there is, a part at a time (B3). False when that is not begun. */
  private sendWhole(whole: Whole, has: Map<number, number>): boolean {
    if (this.socket.readyState !== this.socket.OPEN) return false;
    const isBegun = this.sender.sendInParts(whole.message);
    // What others change meanwhile is said anew behind it. When another is being sent already, that one says what the reader will have.
    if (isBegun) this.sending = whole;
    this.has = isBegun ? new Map(whole.has) : (this.has ?? has);
    return isBegun;
  }

  /** Newer wholes were needed while this reader took an old one, which would be in memory as long as the socket is: nobody waits for a goodbye. */
  fallBehind(): void {
    this.metrics.closed(CLOSE.tryAgainLater);
    this.room.wholes.forget(this);
    this.sending = null;
    this.socket.terminate();
  }

  private takeUpdate(update: Uint8Array): void {
    this.received += 1;
    const number = this.received;
    const refuse = (code: RefusalCode, message: string): void => {
      this.refuse(number, code, message);
      this.sendSaved();
    };
    if (!this.canEdit) return refuse('FORBIDDEN', `Your role (${this.actor.role}) does not allow you to edit.`);
    const { document } = this.room;
    const check = checkUpdate(document, update);
    if (check.kind === 'outdated') return this.close(CLOSE.oldEpoch, OLD_EPOCH);
    if (check.kind === 'invalid') return refuse('INVALID', check.reason);
    if (check.kind === 'tooLarge') return refuse('TOO_LARGE', check.reason);
    if (check.kind === 'incomplete') {
      refuse('INCOMPLETE', 'The update builds on something that is not here yet.');
      return this.askForMore();
    }
    if (this.room.isAhead)
      return this.close(CLOSE.tryAgainLater, 'More was written at once than can be stored. Connect again.');
    const weight = weightOf(update) ?? NO_WEIGHT;
    const lack = this.room.grow(weight);
    if (lack) return refuse('TOO_LARGE', lack);
    // So that nobody makes the server load, compact and re-base more than they pay for.
    this.reader.charge(weight.pieces * PIECE_COST);
    this.uncommitted.add(number);
    document
      .change(this.actor.userId, (doc) => Y.applyUpdate(doc, update, this))
      .then(
        () => {
          this.uncommitted.delete(number);
          this.sendSaved();
        },
        () => undefined,
      );
  }

  private refuse(update: number, code: RefusalCode, message: string): void {
    this.metrics.refused(code);
    const told = this.extra
      ? this.sender.send(encodeRefused({ update, code, message }))
      : code === 'INCOMPLETE' ||
        this.sender.send(encodeMessage(MESSAGE.auth, (encoder) => writePermissionDenied(encoder, message)));
    // Without it the client would take what follows for a sign that all is saved.
    if (!told) this.close(CLOSE.tryAgainLater, 'Messages are not read fast enough.');
  }

  private sendEpoch(epoch: number): void {
    if (this.extra) this.sender.send(encodeEpoch(epoch));
  }

  private sendAccess(): void {
    if (this.extra) this.sender.send(encodeAccess(this.canEdit));
  }

  private sendSaved(): void {
    const [first] = this.uncommitted;
    if (this.extra) this.sender.send(encodeSaved(first === undefined ? this.received : first - 1));
  }

  /** Step 1, to those whose changes we take (W4). */
  private askForMore(): void {
    if (this.canEdit) this.sender.send(encodeSync(SYNC.step1, Y.encodeStateVector(this.room.document.doc)));
  }

  /** The reader has taken what was queued (B1). */
  private sendMissed(): void {
    if (this.sending) this.room.wholes.leave(this, this.sending);
    const { has } = this;
    this.has = this.sending = null;
    this.sendAccess();
    this.askForMore();
    this.sendPresence();
    if (has) this.answer(has);
    this.sendSaved();
  }
}
