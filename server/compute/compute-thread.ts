import { Worker } from 'node:worker_threads';
import type { RunMessage, ThreadMessage } from './protocol.ts';

interface ThreadOptions {
  readonly program: URL;
  readonly heapMegabytes: number;
  onMessage(message: ThreadMessage): void;
  /**
   * The thread is gone: by an error, or null when somebody ended the thread. Called once, also when the thread never
   * started.
   */
  onExit(error: Error | null): void;
}

/** A worker thread, and what the pool needs of the thread. */
export interface ComputeThread {
  send(message: RunMessage): void;
  /** Ends the thread at once, also inside of a kernel that asks nobody. */
  terminate(): Promise<unknown>;
}

export function startComputeThread({ program, heapMegabytes, onMessage, onExit }: ThreadOptions): ComputeThread {
  const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
  let error: Error | null = null;
  let isEnded = false;
  worker.on('message', onMessage);
  worker.on('error', (thrown: unknown) => (error = thrown instanceof Error ? thrown : new Error(String(thrown))));
  worker.on('exit', (code) =>
    onExit(error ?? (isEnded ? null : new Error(`The compute thread ended by itself, with ${code}.`))),
  );
  return {
    send: (message) => worker.postMessage(message),
    terminate: () => {
      isEnded = true;
      return worker.terminate();
    },
  };
}
