import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import superjson from 'superjson';
import type { RawData, WebSocket } from 'ws';
import { boundsProblem } from '#core/requests/input-bounds.ts';
import { Places } from '#server/limits/places.ts';
import { TokenBucket } from '#server/limits/token-bucket.ts';
import { tooMany } from '#server/limits/too-many.ts';
import { SOCKETS } from '#server/policies/limits.ts';

/** Close codes of RFC 6455. */
const POLICY = 1008;
const BYTES_PER_TOKEN = 1_024;

export interface BoundSocket {
  /** Stands between the socket and those who listen to its messages so far. */
  begin(): void;
  subscribe(): () => void;
  /** Settles when little enough waits to be sent. */
  drained(): Promise<void>;
}

interface Message {
  readonly data: RawData;
  readonly isBinary: boolean;
}

/**
 * Charges what comes before anybody reads it, and bounds what waits to be sent. Whoever is too fast, or reads too
 * slowly, is read more slowly.
 */
export function boundSocket(socket: WebSocket): BoundSocket {
  const bucket = new TokenBucket(SOCKETS.rate, SOCKETS.burst, performance.now());
  const places = new Places(SOCKETS.subscriptions);
  /** What had come in one piece with a message after which the socket is read no more for a while. */
  const held: Message[] = [];
  let readers: readonly ((data: RawData, isBinary: boolean) => unknown)[] = [];
  let waitUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let isFull = false;
  let waiting: (() => void)[] = [];

  const send = socket.send.bind(socket);
  const onSent = (): void => {
    if (!isFull || socket.bufferedAmount > SOCKETS.full / 4) return;
    isFull = false;
    const settled = waiting;
    waiting = [];
    for (const settle of settled) settle();
    goOn();
  };
  Object.defineProperty(socket, 'send', {
    value: (given: string) => {
      if (socket.readyState !== socket.OPEN) return;
      const data = given.length > SOCKETS.answer ? tooLargeFor(given) : given;
      // Whoever does not read answers, and has asked for megabytes of them, is not there any more.
      if (socket.bufferedAmount > SOCKETS.overfull) return socket.terminate();
      send(data, onSent);
      if (socket.bufferedAmount <= SOCKETS.full) return;
      isFull = true;
      socket.pause();
    },
  });
  socket.once('close', () => {
    held.length = 0;
    clearTimeout(timer);
    for (const settle of waiting) settle();
  });

  const isWaiting = (): boolean => isFull || performance.now() < waitUntil;

  /** Timers may come a little early: then it is not time yet. */
  function goOn(): void {
    const left = waitUntil - performance.now();
    if (left > 0) return wake(left);
    while (held.length > 0 && !isWaiting()) {
      const message = held.shift();
      if (message) read(message);
    }
    if (held.length === 0 && !isWaiting() && socket.isPaused && socket.readyState === socket.OPEN) socket.resume();
  }

  function wake(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(goOn, Math.ceil(ms)).unref();
  }

  function read({ data, isBinary }: Message): void {
    const problem = !isBinary && Buffer.isBuffer(data) ? boundsProblem(data) : null;
    if (problem !== null) return socket.close(POLICY, problem);
    const calls = isBinary ? 1 : countCalls(data);
    if (calls > SOCKETS.calls) return socket.close(POLICY, `A message has at most ${SOCKETS.calls} calls.`);
    const wait = bucket.take(calls + sizeOf(data) / BYTES_PER_TOKEN, performance.now());
    if (wait > 0) {
      waitUntil = performance.now() + wait;
      socket.pause();
      wake(wait);
    }
    for (const reader of readers) reader.call(socket, data, isBinary);
  }

  return {
    begin: () => {
      const listeners = socket.listeners('message');
      readers = listeners.map((listener) => (data, isBinary) => Reflect.apply(listener, socket, [data, isBinary]));
      socket.removeAllListeners('message');
      socket.on('message', (data, isBinary) => {
        if (socket.readyState !== socket.OPEN) return;
        if (held.length > 0 || isWaiting()) held.push({ data, isBinary });
        else read({ data, isBinary });
      });
    },
    subscribe: () => {
      const leave = places.enter('');
      if (!leave) throw tooMany({ what: `A connection has at most ${SOCKETS.subscriptions} subscriptions` }, 1_000);
      return leave;
    },
    drained: () =>
      isFull && socket.readyState === socket.OPEN ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(),
  };
}

/** In the place of an answer that is too large: a refusal of the same call. */
function tooLargeFor(answer: string): string {
  const id = /^\{"id":(\d{1,15}|"[^"\\]{1,100}")/.exec(answer)?.[1] ?? 'null';
  const shape = {
    message: 'The answer is too large for a websocket. Ask for it over HTTP.',
    code: TRPC_ERROR_CODES_BY_KEY.PAYLOAD_TOO_LARGE,
    data: { code: 'PAYLOAD_TOO_LARGE', httpStatus: 413, path: null, appCode: 'TOO_LARGE' },
  };
  return `{"id":${id},"jsonrpc":"2.0","error":${JSON.stringify(superjson.serialize(shape))}}`;
}

const sizeOf = (data: RawData): number =>
  Array.isArray(data)
    ? data.reduce((sum, { length }) => sum + length, 0)
    : data instanceof ArrayBuffer
      ? data.byteLength
      : data.length;

/** How many calls a message has. */
function countCalls(data: RawData): number {
  if (!Buffer.isBuffer(data)) return 1;
  try {
    const parsed: unknown = JSON.parse(data.toString('utf8'));
    return Array.isArray(parsed) ? parsed.length : 1;
  } catch {
    // The reader says what is wrong with it.
    return 1;
  }
}
