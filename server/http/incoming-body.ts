import { AppError } from '#server/errors.ts';
import type { Body } from '#server/limits/bodies.ts';
import type { Charged, RateLimits } from '#server/limits/rate-limits.ts';
import { retryAfterOf } from '#server/limits/too-many.ts';
import { LEAST_PIECE, SLOWEST_BODY, type BodyKind } from '#server/policies/body-limits.ts';

interface Bound {
  /** Bytes. */
  readonly most: number;
  readonly tooLarge: string;
  /** Who pays. */
  readonly charged: Charged;
}

/**
 * The body of one request: the only way to it. Each byte is counted as it comes, by who pays, against `upload` and
 * against the room for bodies.
 */
export interface IncomingBody {
  /**
   * All of the body. Throws TOO_LARGE, RATE_LIMITED, or INVALID for one that comes too slowly; nothing is read after
   * that.
   */
  whole(bound: Bound): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The body as it comes, for what keeps none of it. Somebody who sends faster than their limit allows is read more
   * slowly.
   */
  pieces(bound: Bound): AsyncGenerator<Uint8Array>;
  /** Gives the room back: call it once the request is answered. */
  end(): void;
}

/** Bytes for which `upload` is charged together. */
const TOGETHER = 65_536;
/**
 * When a body that was refused is dropped: with the body its connection ends, on which the refusal is still on its way.
 */
const LINGER_MS = 1_000;
const FIRST_ROOM = 16_384;
/** How often it is looked at how slow a body is. */
const LOOK_MS = 1_000;

export function incomingBody(request: Request, limits: Pick<RateLimits, 'bodies' | 'charge'>): IncomingBody {
  let entered: Body | null = null;

  async function* read(kind: BodyKind, { most, tooLarge, charged }: Bound): AsyncGenerator<Uint8Array> {
    const coding = request.headers.get('content-encoding');
    if (coding !== null && coding !== 'identity')
      throw new AppError('INVALID', 'Send the body as it is: one that is packed is not unpacked here.');
    if (Number(request.headers.get('content-length') ?? 0) > most) throw new AppError('TOO_LARGE', tooLarge);
    if (!request.body) return;
    const body = (entered = limits.bodies[kind].enter(charged));
    const source = patient(request.body, body.evicted);
    let [bytes, owed] = [0, 0];
    try {
      for (let piece = await source.next(); piece; piece = await source.next()) {
        bytes += piece.length;
        if (bytes > most) throw new AppError('TOO_LARGE', tooLarge);
        owed += Math.max(piece.length, LEAST_PIECE);
        if (owed >= TOGETHER) {
          await pay(kind, charged, owed);
          owed = 0;
        }
        yield piece;
      }
      if (owed > 1024) await pay(kind, charged, owed);
      body.arrived();
    } finally {
      source.drop();
    }
  }

  async function pay(kind: BodyKind, charged: Charged, bytes: number): Promise<void> {
    for (;;) {
      const refusal = await limits.charge('upload', charged, Math.ceil(bytes / 1024)).then(
        () => null,
        (error: unknown) => error,
      );
      if (refusal === null) return;
      const wait = retryAfterOf(refusal);
      if (kind === 'whole' || wait === null) throw refusal;
      await new Promise((resolve) => setTimeout(resolve, wait * 1000).unref());
    }
  }

  return {
    whole: async (bound) => {
      // One buffer that grows: a body can come in pieces of one byte, each of which would keep the buffer of its
      // socket.
      let whole = new Uint8Array(0);
      let length = 0;
      for await (const piece of read('whole', bound)) {
        if (length + piece.length > whole.length) {
          const larger = Math.min(bound.most, Math.max(FIRST_ROOM, 2 * whole.length, length + piece.length));
          entered?.add(larger - whole.length);
          const grown = new Uint8Array(larger);
          grown.set(whole.subarray(0, length));
          whole = grown;
        }
        whole.set(piece, length);
        length += piece.length;
      }
      return whole.subarray(0, length);
    },
    pieces: async function* (bound) {
      for await (const piece of read('file', bound)) {
        entered?.add(piece.length);
        yield piece;
      }
    },
    end: () => entered?.leave(),
  };
}

/**
 * Pieces of a stream whose other side may neither be too slow nor outstay its room. One timer for all of them, since a
 * body can come in millions.
 */
function patient(stream: ReadableStream<Uint8Array>, evicted: AbortSignal) {
  const reader = stream.getReader();
  let [waited, bytes, since] = [0, 0, 0];
  let isOver = false;
  let giveUp: ((reason: unknown) => void) | null = null;
  const evict = (): void => giveUp?.(evicted.reason);
  const look = setInterval(() => {
    const most = SLOWEST_BODY.graceMs + (bytes / SLOWEST_BODY.rate) * 1000;
    if (waited + performance.now() - since > most) giveUp?.(tooSlow());
  }, LOOK_MS).unref();
  evicted.addEventListener('abort', evict);
  return {
    /** Null at the end. */
    next: async (): Promise<Uint8Array | null> => {
      evicted.throwIfAborted();
      since = performance.now();
      const { value, done } = await new Promise<ReadableStreamReadResult<Uint8Array>>((resolve, reject) => {
        giveUp = reject;
        reader.read().then(resolve, reject);
      });
      giveUp = null;
      waited += performance.now() - since;
      isOver = done;
      bytes += value?.length ?? 0;
      return value ?? null;
    },
    drop: (): void => {
      clearInterval(look);
      evicted.removeEventListener('abort', evict);
      if (!isOver) setTimeout(() => void reader.cancel().catch(() => undefined), LINGER_MS).unref();
    },
  };
}

const tooSlow = (): AppError =>
  new AppError('INVALID', 'The request came too slowly. Try again on a faster line, or send less.');
