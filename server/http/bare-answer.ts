import type { Duplex } from 'node:stream';
import type { BareHeaders } from './security-headers.ts';

const END_OF_LINE = '\r\n';
/** How long a refusal may take to be sent. */
const LINGER_MS = 5_000;

/** An answer where there is no `ServerResponse`, in its bytes. The connection ends with it. */
export function bareAnswer(status: string, headers: BareHeaders, message: string): string {
  const all = [
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(message)}`,
    ...headers,
  ];
  return `HTTP/1.1 ${status}${END_OF_LINE}${all.join(END_OF_LINE)}${END_OF_LINE}${END_OF_LINE}${message}`;
}

/**
 * Refuses an upgrade. The connection is closed once the answer is sent: the other side need not close, and would hold a
 * file of ours for ever.
 */
export function endWith(socket: Duplex, answer: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(answer);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/**
 * Adds `headers` to whatever refuses an upgrade on this socket. Each of those who take upgrades writes its refusal as
 * text, the library `ws` too; there is no other place that all of them pass.
 */
export function addToRefusal(socket: Duplex, headers: BareHeaders): void {
  const end = socket.end.bind(socket);
  socket.end = (chunk?: unknown, ...more: unknown[]) => {
    Reflect.apply(end, socket, [
      isAnswer(chunk) ? chunk.replace(END_OF_LINE, [END_OF_LINE, END_OF_LINE].join(headers.join(END_OF_LINE))) : chunk,
      ...more,
    ]);
    return socket;
  };
}

const isAnswer = (chunk: unknown): chunk is string => typeof chunk === 'string' && chunk.startsWith('HTTP/1.1 ');
