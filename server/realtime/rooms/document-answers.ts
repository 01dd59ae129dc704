import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeSync, SYNC } from '#collab/messages.ts';
import type { Whole } from '../documents/whole-documents.ts';
import type { BoundedSender } from './bounded-sender.ts';
import type { PacedReader } from './paced-reader.ts';
import type { Occupant, Room } from './room.ts';

/** How far each client's changes reach. */
type Clocks = Map<number, number>;

interface Options {
  readonly socket: WebSocket;
  readonly room: Pick<Room, 'document' | 'wholes'>;
  readonly sender: BoundedSender;
  readonly reader: PacedReader;
  /** A longer answer is sent as a whole document. */
  readonly longest: number;
  /** Whom the whole documents are kept for. */
  readonly occupant: Occupant;
}

/**
 * Sends a socket what its document lacks: at once, or when the socket can be sent something again and has paid (B1 to
 * B3).
 */
export class DocumentAnswers {
  readonly #options: Options;
  /** What the reader has, when an answer is owed to the reader. */
  #owed: Clocks | null = null;
  /** The whole document that is being sent. */
  #sending: Whole | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Something committed was not sent: the reader has all that was sent before. */
  missed(): void {
    this.#owed ??= new Map(this.#options.room.document.sent);
  }

  /** Step 2, once all that is in it is committed (W2), and once the answer before is paid for (B2). */
  answer(has: Clocks): void {
    const { room, sender, reader, longest, occupant } = this.#options;
    if (sender.isBehind || reader.isWaiting) {
      this.#owed = has;
      return;
    }
    const ready = has.size === 0 ? room.wholes.reuse(occupant) : null;
    if (ready) {
      reader.charge(ready.message.length);
      return this.#sendSettled(ready, has);
    }
    const update = Y.encodeStateAsUpdate(room.document.doc, Y.encodeStateVector(has));
    reader.charge(update.length);
    if (update.length > longest) return this.#sendSettled(room.wholes.enter(occupant), has);
    room.document.settled().then(() => {
      if (!sender.send(encodeSync(SYNC.step2, update))) this.#owed = has;
    }, onLost);
  }

  /** The reader has paid what was owed for the messages before. */
  paid(): void {
    const { socket, sender, reader } = this.#options;
    const owed = this.#owed;
    if (owed === null || sender.isBehind || socket.readyState !== socket.OPEN) return;
    this.#owed = null;
    reader.timed(() => this.answer(owed));
  }

  /** The reader has taken all that was queued: what answer is owed by now, if any. */
  taken(): Clocks | null {
    const { room, occupant } = this.#options;
    if (this.#sending) room.wholes.leave(occupant, this.#sending);
    const owed = this.#owed;
    this.#owed = this.#sending = null;
    return owed;
  }

  /** What was being sent is not in memory for this reader any more. */
  drop(): void {
    const { room, occupant } = this.#options;
    room.wholes.forget(occupant);
    this.#sending = null;
  }

  #sendSettled(whole: Whole, has: Clocks): void {
    const { room, occupant } = this.#options;
    void whole.settled.then(() => {
      if (!this.#sendWhole(whole, has)) room.wholes.leave(occupant, whole);
    }, onLost);
  }

  /**
   * Somebody lacks more than is queued: they get all that there is, a part at a time (B3). False when that is not
   * begun.
   */
  #sendWhole(whole: Whole, has: Clocks): boolean {
    const { socket, sender } = this.#options;
    if (socket.readyState !== socket.OPEN) return false;
    const isBegun = sender.sendInParts(whole.message);
    // What others change meanwhile is sent behind the whole document. When another whole is being sent already, that
    // one says what the reader will have.
    if (isBegun) this.#sending = whole;
    this.#owed = isBegun ? new Map(whole.has) : (this.#owed ?? has);
    return isBegun;
  }
}

/** The document may be lost, and with it this socket. */
const onLost = (): void => undefined;
