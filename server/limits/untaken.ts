import { UNTAKEN } from '#server/policies/limits.ts';
import { tooMany } from './too-many.ts';

/** Who pays for an answer. */
export interface AnswerPayer {
  readonly person: string;
  readonly organisation: string;
}

/** What is in memory of one answer, or of all answers to one request. */
export interface HeldAnswer {
  /** Counts more bytes of it. */
  grow(bytes: number): void;
  /** Nothing of it is in memory any more. */
  end(): void;
  /**
   * The answer piece by piece, each handed on when the one before is taken. The answer counts until all of it is taken,
   * until `gone` says that the asker has left, or until nobody has taken a piece for `UNTAKEN.pieceMs`: whoever hands
   * the pieces on may neither pull nor cancel for an asker who has left.
   */
  handOn(pieces: Pieces, gone: AbortSignal): ReadableStream<Uint8Array>;
}

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

interface Sum {
  /** Answers that are large. */
  large: number;
  bytes: number;
}

/**
 * Answers that are in memory, because they are being made or because those who asked for them have not taken them yet,
 * by who pays.
 */
export class Untaken {
  readonly #sums = new Map<string, Sum>();
  #all = 0;

  /**
   * Throws RATE_LIMITED when somebody, or their organisation, asks for more before what they asked for is taken. Call
   * it before the work.
   */
  refuseMore(payer: AnswerPayer, kind: 'heavy' | 'any'): void {
    const theirs = this.count(payer.organisation);
    const isFull =
      this.#isFull(payer.person, 'person', kind) ||
      this.#isFull(payer.organisation, 'organisation', kind) ||
      (this.#all >= UNTAKEN.all && theirs.bytes >= UNTAKEN.fewOfOrganisation);
    if (isFull) throw tooMany({ what: 'Earlier answers have not been taken yet' }, 5_000);
  }

  /** What is held of a person, or of an organisation. */
  count(payer: string): Readonly<Sum> {
    return this.#sums.get(payer) ?? { large: 0, bytes: 0 };
  }

  #isFull(payer: string, subject: 'person' | 'organisation', kind: 'heavy' | 'any'): boolean {
    const { large, bytes } = this.count(payer);
    return large >= UNTAKEN[subject][kind] || bytes >= UNTAKEN[subject].bytes;
  }

  /** Begins to count an answer. It is one of the large ones once it has grown so far. */
  hold({ person, organisation }: AnswerPayer): HeldAnswer {
    let [bytes, isLarge, isHeld] = [0, false, true];
    const grow = (more: number): void => {
      if (!isHeld) return;
      const nowLarge = !isLarge && bytes + more > UNTAKEN.large;
      for (const payer of [person, organisation]) this.#add(payer, more, nowLarge ? 1 : 0);
      this.#all += more;
      bytes += more;
      isLarge ||= nowLarge;
    };
    const end = (): void => {
      if (!isHeld) return;
      isHeld = false;
      for (const payer of [person, organisation]) this.#add(payer, -bytes, isLarge ? -1 : 0);
      this.#all -= bytes;
    };
    return { grow, end, handOn: (pieces, gone) => inPieces(pieces, gone, end) };
  }

  #add(payer: string, bytes: number, large: number): void {
    const sum = this.#sums.get(payer) ?? { large: 0, bytes: 0 };
    sum.large += large;
    sum.bytes += bytes;
    if (sum.bytes > 0 || sum.large > 0) this.#sums.set(payer, sum);
    else this.#sums.delete(payer);
  }
}

/** A body that is in memory, cut into pieces. */
export function* cut(body: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < body.length; at += UNTAKEN.large) yield body.subarray(at, at + UNTAKEN.large);
}

function inPieces(pieces: Pieces, gone: AbortSignal, taken: () => void): ReadableStream<Uint8Array> {
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    gone.removeEventListener('abort', end);
    taken();
    // What is read for the next piece is read for nobody.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  };
  let isOver = false;
  const wait = (
    controller: ReadableStreamDefaultController<Uint8Array>,
    milliseconds: number = UNTAKEN.pieceMs,
    why = 'The answer was not taken in time.',
  ): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isOver = true;
      end();
      controller.error(new Error(why));
    }, milliseconds).unref();
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        if (gone.aborted) return end();
        gone.addEventListener('abort', end);
        wait(controller);
      },
      pull: async (controller) => {
        wait(controller, UNTAKEN.madeMs, 'The answer was not made in time.');
        const next = await Promise.resolve(iterator.next()).catch((error: unknown) => {
          end();
          throw error;
        });
        if (gone.aborted || isOver) return;
        if (next.done) {
          end();
          return controller.close();
        }
        controller.enqueue(next.value);
        wait(controller);
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
