import { Worker } from 'node:worker_threads';
import type { Log } from '#server/observability/log.ts';
import type { Job, OutcomeOf, RunMessage, TaskKind, Tasks, ThreadMessage } from './protocol.ts';

export interface TaskOptions {
  /** Stops it; the outcome is `stopped` then. */
  readonly signal: AbortSignal;
  onProgress?(fraction: number): void;
}

/** Threads that compute, so that the process goes on answering. */
export interface ComputePool {
  /** How many tasks run at once. */
  readonly size: number;
  /** Runs a task on the next free thread, in the order of asking. Rejects when the engine throws or its thread dies. */
  run<Kind extends TaskKind>(kind: Kind, task: Tasks[Kind]['task'], options: TaskOptions): Promise<OutcomeOf<Kind>>;
  close(): Promise<void>;
}

interface Run {
  readonly message: RunMessage;
  readonly onProgress: (fraction: number) => void;
  resolve(outcome: OutcomeOf<TaskKind>): void;
  reject(error: Error): void;
}

/** Starts `size` threads and waits until each has loaded the engine. */
export async function startComputePool({ size, log }: { readonly size: number; readonly log: Pick<Log, 'error' | 'fatal'> }): Promise<ComputePool> {
  const waiting: Run[] = [];
  let closed = false;
  let nextId = 0;
  const threads = await Promise.all(Array.from({ length: size }, () => startThread()));

  function next(): void {
    for (const thread of threads) {
      const run = thread.current ? undefined : waiting.shift();
      if (run) thread.begin(run);
    }
  }

  async function startThread(): Promise<Thread> {
    const thread = new Thread(next, () => {
      if (closed) return;
      log.error('a compute thread ended, starting another');
      startThread().then((fresh) => {
        threads[threads.indexOf(thread)] = fresh;
        next();
      }, (error: unknown) => log.fatal({ err: error }, 'no compute thread can be started'));
    });
    await thread.ready;
    return thread;
  }

  return {
    size,
    run: <Kind extends TaskKind>(kind: Kind, task: Tasks[Kind]['task'], { signal, onProgress }: TaskOptions) =>
      new Promise<OutcomeOf<Kind>>((resolve, reject) => {
        const stop = new Int32Array(new SharedArrayBuffer(4));
        const halt = (): void => void Atomics.store(stop, 0, 1);
        if (signal.aborted) return resolve({ type: 'stopped' });
        signal.addEventListener('abort', halt, { once: true });
        const done = (): void => signal.removeEventListener('abort', halt);
        waiting.push({
          // A thread answers a task of a kind with an outcome of that kind.
          message: { id: (nextId += 1), job: { kind, task } as Job, stop },
          resolve: (outcome) => (done(), resolve(outcome as OutcomeOf<Kind>)),
          onProgress: (fraction) => onProgress?.(fraction),
          reject: (error) => (done(), reject(error)),
        });
        next();
      }),
    close: async () => {
      closed = true;
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

class Thread {
  current: Run | null = null;
  readonly ready: Promise<void>;
  readonly #worker = new Worker(new URL('./thread.ts', import.meta.url));

  constructor(onFree: () => void, onEnd: () => void) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#worker.on('message', (message: ThreadMessage) => {
      if (message.type === 'ready') return resolve();
      const run = this.current;
      if (run?.message.id !== message.id) return;
      if (message.type === 'progress') return run.onProgress(message.fraction);
      this.current = null;
      if (message.type === 'outcome') run.resolve(message.outcome);
      else run.reject(message.error);
      onFree();
    });
    const fail = (error: Error): void => {
      reject(error);
      this.current?.reject(error);
      this.current = null;
    };
    this.#worker.on('error', fail);
    this.#worker.on('exit', (code) => {
      fail(new Error(`The compute thread ended with ${code}.`));
      onEnd();
    });
  }

  begin(run: Run): void {
    this.current = run;
    this.#worker.postMessage(run.message);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
