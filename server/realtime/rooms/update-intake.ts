import * as Y from 'yjs';
import type { RefusalCode } from '#collab/messages.ts';
import { NO_WEIGHT, weightOf } from '#collab/scan-update.ts';
import type { UserId } from '#core/requests/ids.ts';
import { checkUpdate } from '../documents/check-update.ts';
import type { Room } from './room.ts';

/** Bytes that a piece of an update is charged as: so many it has in memory. */
const PIECE_COST = 480;

/** What became of an update. Of an update that is `taken`, the commit is told by `onSaved`. */
export type Intake =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly update: number; readonly code: RefusalCode; readonly reason: string }
  /** It begins an older epoch (E4). */
  | { readonly kind: 'outdated' }
  /** More was written than the database makes one again meanwhile (D6). */
  | { readonly kind: 'ahead' };

interface Options {
  readonly room: Pick<Room, 'document' | 'isAhead' | 'grow'>;
  charge(bytes: number): void;
  onSaved(): void;
}

interface Writer {
  readonly userId: UserId;
  /** Why the person may not write; null for those who may. */
  readonly forbidden: string | null;
}

/** Takes the updates that come in by one socket, and counts how many of them are saved. */
export class UpdateIntake {
  readonly #options: Options;
  #received = 0;
  readonly #uncommitted = new Set<number>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Up to which update all are committed or refused. */
  get saved(): number {
    const [first] = this.#uncommitted;
    return first === undefined ? this.#received : first - 1;
  }

  /** `origin`: whoever hears of the change in the document can tell by it where the change came from. */
  take(update: Uint8Array, { userId, forbidden }: Writer, origin: unknown): Intake {
    this.#received += 1;
    const number = this.#received;
    const refused = (code: RefusalCode, reason: string): Intake => ({ kind: 'refused', update: number, code, reason });
    if (forbidden !== null) return refused('FORBIDDEN', forbidden);
    const { room, charge, onSaved } = this.#options;
    const check = checkUpdate(room.document, update);
    switch (check.kind) {
      case 'outdated':
        return { kind: 'outdated' };
      case 'invalid':
        return refused('INVALID', check.reason);
      case 'tooLarge':
        return refused('TOO_LARGE', check.reason);
      case 'incomplete':
        return refused('INCOMPLETE', 'The update builds on something that is not here yet.');
      case 'fine':
    }
    if (room.isAhead) return { kind: 'ahead' };
    const weight = weightOf(update) ?? NO_WEIGHT;
    const lack = room.grow(weight);
    if (lack) return refused('TOO_LARGE', lack);
    // So that nobody makes the server load, compact and re-base more than they pay for.
    charge(weight.pieces * PIECE_COST);
    this.#uncommitted.add(number);
    room.document
      .change(userId, (doc) => Y.applyUpdate(doc, update, origin))
      .then(
        () => {
          this.#uncommitted.delete(number);
          onSaved();
        },
        () => undefined,
      );
    return { kind: 'taken' };
  }
}
