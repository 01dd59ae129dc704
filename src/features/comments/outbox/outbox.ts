import { z } from 'zod';
import type { AnchorTarget } from '#core/comment/anchor.ts';
import { createEmitter } from '#core/emitter/emitter.ts';
import { idOf, type CommentId, type ReviewId, type ThreadId } from '#core/requests/ids.ts';
import { keepItem } from '../keep-item.ts';

/**
 * A comment that the server may not have yet. Its id is its own, so that it can be sent again without being said twice.
 */
export interface Outgoing {
  readonly commentId: CommentId;
  readonly threadId: ThreadId;
  /** What its thread is about when it begins one; null for a reply. */
  readonly anchor: AnchorTarget | null;
  readonly body: string;
  /** When it was written, UTC milliseconds. */
  readonly at: number;
  /** Why it was not taken; null while it is on its way. */
  readonly problem: string | null;
}

const stored = z.object({
  commentId: z.string().transform((text) => idOf('comment', text)),
  threadId: z.string().transform((text) => idOf('thread', text)),
  anchor: z.union([
    z.null(),
    z.object({ kind: z.literal('formula') }),
    z.object({ kind: z.literal('node'), nodeId: z.string() }),
    z.object({
      kind: z.literal('change'),
      reviewId: z.custom<ReviewId>((value) => typeof value === 'string'),
      key: z.string(),
    }),
  ]),
  body: z.string(),
  at: z.number(),
});

export interface OutboxOptions {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
  /**
   * Of one person and one formula: each comment is kept under a key of its own, so that two windows do not undo each
   * other.
   */
  readonly prefix: string;
  /** Resolves when the comment is among the server's comments. */
  send(outgoing: Outgoing): Promise<void>;
  /** Why sending failed, in words for people. */
  explain(error: unknown): string;
}

export interface Outbox {
  /** Sends what was kept from the last time. */
  start(): void;
  list(): readonly Outgoing[];
  subscribe(listener: () => void): () => void;
  post(comment: Omit<Outgoing, 'problem'>): void;
  retry(commentId: string): void;
  discard(commentId: string): void;
}

/**
 * Sends comments one after the other, and keeps what could not be sent, also when the page is loaded anew; then it is
 * tried again.
 */
export function createOutbox({ storage, prefix, send, explain }: OutboxOptions): Outbox {
  const changed = createEmitter<void>();
  let kept = readKept(storage, prefix);
  let outgoing = kept;
  let sending = Promise.resolve();

  const publish = (next: readonly Outgoing[]): void => {
    outgoing = next;
    changed.emit();
  };
  const setProblem = (commentId: string, problem: string | null): void =>
    publish(outgoing.map((one) => (one.commentId === commentId ? { ...one, problem } : one)));
  const remove = (commentId: string): void => {
    storage.removeItem(prefix + commentId);
    publish(outgoing.filter((one) => one.commentId !== commentId));
  };
  const queue = (commentId: string): void => {
    // One after the other: a reply needs its thread.
    sending = sending.then(async () => {
      const one = outgoing.find((each) => each.commentId === commentId);
      if (!one) return;
      await send(one).then(
        () => remove(commentId),
        (error: unknown) => setProblem(commentId, explain(error)),
      );
    });
  };
  return {
    start: () => {
      for (const { commentId } of kept) queue(commentId);
      kept = [];
    },
    list: () => outgoing,
    subscribe: changed.subscribe,
    post: (comment) => {
      keepItem(storage, prefix + comment.commentId, JSON.stringify(comment));
      publish([...outgoing, { ...comment, problem: null }]);
      queue(comment.commentId);
    },
    retry: (commentId) => {
      setProblem(commentId, null);
      queue(commentId);
    },
    discard: remove,
  };
}

function readKept(storage: OutboxOptions['storage'], prefix: string): readonly Outgoing[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter(
    (key) => key?.startsWith(prefix) ?? false,
  );
  return keys
    .flatMap((key) => {
      const { data } = stored.safeParse(parse(storage.getItem(key ?? '')));
      return data ? [{ ...data, problem: null }] : [];
    })
    .toSorted((a, b) => a.at - b.at);
}

function parse(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}
