import { AppError } from '#server/errors.ts';
import { bytesOfAnswer } from '#server/limits/bytes-of-answer.ts';
import { cut, type AnswerPayer, type HeldAnswer, type Untaken } from '#server/limits/untaken.ts';
import { UNTAKEN } from '#server/policies/limits.ts';
import type { Person } from '#server/policies/principal.ts';

/**
 * What is in memory of the answer to one request, over HTTP: of a batch, what all its calls have given. What is sent in
 * pieces ends with the session.
 */
export interface AnswerInMemory {
  /** Counts what a call gave, until the answer is sent. */
  add(payer: AnswerPayer, value: unknown): void;
  /** The same, of which the bytes are known. */
  hold(payer: AnswerPayer, bytes: number): void;
  /** The answer as it is sent: a large one piece by piece, counted until it is taken. */
  send(payer: AnswerPayer, body: Uint8Array<ArrayBuffer>, gone: AbortSignal): BodyInit;
  /** The same, of an answer that is written while it is sent: taken out of the bytes that are held. */
  write(payer: AnswerPayer, pieces: AsyncIterable<Uint8Array>, gone: AbortSignal): BodyInit;
  /** Counts no longer what is not being sent. */
  end(): void;
}

/**
 * `current` says who asks, as of a moment ago: it is asked before each piece, and looks into the database far less
 * often.
 */
export function createAnswerInMemory(untaken: Untaken, current: () => Promise<Person | null>): AnswerInMemory {
  async function* whileTheirs(
    { person, organisation }: AnswerPayer,
    pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      const now = await current();
      if (now?.userId !== person || now.orgId !== organisation)
        throw new AppError('UNAUTHENTICATED', 'The session has ended.');
      yield piece;
    }
  }

  let made: HeldAnswer | null = null;
  const hold = (payer: AnswerPayer, bytes: number): void => {
    made ??= untaken.hold(payer);
    made.grow(bytes);
  };
  return {
    add: (payer, value) => hold(payer, bytesOfAnswer(value)),
    hold,
    send: (payer, body, gone) => {
      if (body.length <= UNTAKEN.large) return body;
      const sent = untaken.hold(payer);
      sent.grow(body.length);
      return sent.handOn(whileTheirs(payer, cut(body)), gone);
    },
    write: (payer, pieces, gone) => {
      const sent = made;
      // What is sent counts itself from now on.
      made = null;
      return sent ? sent.handOn(whileTheirs(payer, pieces), gone) : new Uint8Array();
    },
    end: () => made?.end(),
  };
}
