import { Worker } from 'node:worker_threads';
import type { Log } from '#server/observability/log.ts';
import type { BacktestTask, Outcome, RunMessage, ThreadMessage } from './protocol.ts';

/** Threads that compute, so that the process goes on answering. */
export interface ComputePool {
  /** Runs a task on the next free thread. `signal` stops it; the outcome is `stopped` then. Rejects when the engine throws or its thread dies. */
  run(task: BacktestTask, options: { readonly signal: AbortSignal; onProgress(fraction: number): void }): Promise<Outcome>;
  close(): Promise<void>;
}

interface Run {
  readonly message: RunMessage;
  readonly onProgress: (fraction: number) => void;
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
}

/** Starts `size` threads and waits until each has loaded the engine. */
export async function startComputePool({ size, log }: { readonly size: number; readonly log: Log }): Promise<ComputePool> {
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
    run: (task, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        const stop = new Int32Array(new SharedArrayBuffer(4));
        const halt = (): void => void Atomics.store(stop, 0, 1);
        if (signal.aborted) return resolve({ type: 'stopped' });
        signal.addEventListener('abort', halt, { once: true });
        const done = (): void => signal.removeEventListener('abort', halt);
        waiting.push({
          message: { id: (nextId += 1), task, stop },
          onProgress,
          resolve: (outcome) => (done(), resolve(outcome)),
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
