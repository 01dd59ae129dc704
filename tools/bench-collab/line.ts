import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

const PONG = Uint8Array.from([0x8a, 0x80, 0, 0, 0, 0]);
/**
 * Servers close what has not answered a ping for some 30 seconds. The pings are left unread too, so an answer is sent
 * in any case.
 */
const PONG_MS = 5_000;

/**
 * A websocket that writes and leaves unread what it is sent: two hundred clients in one process would be all that is
 * measured.
 */
export interface Line {
  send(message: Uint8Array): void;
  /** Stops even taking bytes from the network. */
  pause(): void;
  close(): void;
}

export function openLine(url: string, headers: Readonly<Record<string, string>>): Promise<Line> {
  const asked = request(url.replace(/^ws/, 'http'), {
    headers: {
      ...headers,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    },
  });
  return new Promise((resolve, reject) => {
    asked.once('error', reject);
    asked.once('response', ({ statusCode }) => reject(new Error(`The server answered ${statusCode}.`)));
    asked.once('upgrade', (_response, socket: Socket) => {
      socket.on('error', () => undefined);
      socket.resume();
      const alive = setInterval(() => socket.write(PONG), PONG_MS);
      socket.once('close', () => clearInterval(alive));
      resolve({
        send: (message) => socket.write(frame(message)),
        pause: () => socket.pause(),
        close: () => socket.destroy(),
      });
    });
    asked.end();
  });
}

/** A binary frame; its mask is zero, which leaves the bytes as they are. */
function frame(message: Uint8Array): Uint8Array {
  const { length } = message;
  const head =
    length < 126
      ? [0x82, 0x80 | length]
      : length < 65_536
        ? [0x82, 0xfe, length >> 8, length & 255]
        : [0x82, 0xff, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  return Buffer.concat([Uint8Array.from([...head, 0, 0, 0, 0]), message]);
}
