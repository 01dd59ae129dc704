import { Worker } from 'node:worker_threads';
import type { Claim } from './fair-queue.ts';
import type { OutcomeOf, RunMessage, TaskKind, ThreadMessage } from './protocol.ts';

/** One task on its way to a thread and through it. */
export interface Run {
  readonly message: RunMessage;
  readonly claim: Claim;
  /** Milliseconds that it may hold a thread without a pause while another organisation waits. Doubles each time that it is put back, so that it ends. */
  patience: number;
  begun: number;
  readonly onProgress: (fraction: number) => void;
  resolve(outcome: OutcomeOf<TaskKind>): void;
  reject(error: Error): void;
}

/** Why a thread is ended under its task. */
export type End = 'cancelled' | 'over-time' | 'put-back';

interface ThreadEvents {
  /** The task has ended by itself: the thread is free. */
  onFree(run: Run): void;
  /** The thread is gone, with what it ran. */
  onGone(run: Run | null, cause: End | Error): void;
}

/** A thread that computes one task at a time. It is ended when that task must not go on, whatever the task is doing. */
export class ComputeThread {
  current: Run | null = null;
  readonly ready: Promise<void>;
  #end: End | null = null;
  #error: Error | null = null;
  readonly #worker: Worker;

  constructor(heapMegabytes: number, { onFree, onGone }: ThreadEvents) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    this.#worker.on('message', (message: ThreadMessage) => {
      if (message.type === 'ready') return resolve();
      const run = this.current;
      if (run?.message.id !== message.id || this.#end !== null) return;
      if (message.type === 'progress') return run.onProgress(message.fraction);
      this.current = null;
      onFree(run);
      if (message.type === 'outcome') run.resolve(message.outcome);
      else run.reject(message.error);
    });
    this.#worker.on('error', (error: Error) => (this.#error = error));
    this.#worker.on('exit', (code) => {
      const cause = this.#error ?? this.#end ?? new Error(`The compute thread ended with ${code}.`);
      const run = this.current;
      this.current = null;
      if (cause instanceof Error) reject(cause);
      else reject(new Error('The compute thread was ended.'));
      onGone(run, cause);
    });
  }

  get isEnding(): boolean {
    return this.#end !== null;
  }

  begin(run: Run): void {
    this.current = run;
    run.begun = performance.now();
    this.#worker.postMessage(run.message);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Ends the thread at once, also inside of a kernel that asks nobody. */
  end(cause: End): void {
    this.#end ??= cause;
    void this.#worker.terminate();
  }
}
