import * as encoding from 'lib0/encoding';
import { writePermissionDenied } from 'y-protocols/auth';
import * as Y from 'yjs';
import {
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
  type Refused,
} from '#collab/messages.ts';
import type { BoundedSender } from './bounded-sender.ts';

/** An awareness update about nobody. */
const NOTHING = encodeMessage(MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, Uint8Array.of(0)));

/**
 * Says to a client how its person and its updates stand. `extra`: whether the client knows the messages that
 * y-protocols does not have.
 */
export class ClientNotices {
  readonly #sender: BoundedSender;
  readonly #extra: boolean;

  constructor(sender: BoundedSender, extra: boolean) {
    this.#sender = sender;
    this.#extra = extra;
  }

  nothing(): void {
    this.#sender.send(NOTHING);
  }

  epoch(epoch: number): void {
    if (this.#extra) this.#sender.send(encodeEpoch(epoch));
  }

  ended(epochs: readonly EndedEpoch[]): void {
    if (this.#extra) for (const one of epochs) this.#sender.send(encodeEnded(one));
  }

  access(canEdit: boolean): void {
    if (this.#extra) this.#sender.send(encodeAccess(canEdit));
  }

  saved(updates: number): void {
    if (this.#extra) this.#sender.send(encodeSaved(updates));
  }

  /** False when the client could not be told: it would take what follows for a sign that all is saved. */
  refused(refused: Refused): boolean {
    if (this.#extra) return this.#sender.send(encodeRefused(refused));
    const denial = encodeMessage(MESSAGE.auth, (encoder) => writePermissionDenied(encoder, refused.message));
    return refused.code === 'INCOMPLETE' || this.#sender.send(denial);
  }

  /** Step 1: asks for what `doc` lacks. */
  askFor(doc: Y.Doc): void {
    this.#sender.send(encodeSync(SYNC.step1, Y.encodeStateVector(doc)));
  }
}
