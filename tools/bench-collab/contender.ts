import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type * as Y from 'yjs';
import type { Line } from './line.ts';

/** A client with the whole document. */
export interface Replica {
  readonly doc: Y.Doc;
  close(): void;
}

/** A client that only writes. */
export interface Writer extends Pick<Line, 'pause' | 'close'> {
  send(update: Uint8Array): void;
}

/** A server that is measured, in a process of its own. */
export interface Contender {
  readonly name: string;
  /** A room whose document has this state. */
  createRoom(state: Uint8Array): Promise<string>;
  /** Resolves once the document is there. */
  open(room: string): Promise<Replica>;
  write(room: string): Promise<Writer>;
  /** Bytes that the server's process uses, without what the system holds for its sockets. */
  memory(): Promise<number>;
  close(): Promise<void>;
}

/** The process of a server. */
export interface Held {
  memory(): Promise<number>;
  close(): Promise<void>;
}

export async function hold(file: string, port: number, databaseUrl: string): Promise<Held> {
  const child: ChildProcess = fork(new URL(file, import.meta.url), [String(port), databaseUrl], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return {
    memory: async () => {
      child.send('memory');
      const [bytes] = (await once(child, 'message')) as [number];
      return bytes;
    },
    close: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
