import type { Claim } from './compute-queue.ts';
import { startComputeThread, type ComputeThread } from './compute-thread.ts';
import type { OutcomeOf, RunMessage, TaskKind, ThreadMessage } from './protocol.ts';

/** One task on its way to a thread and through it. */
export interface Run {
  readonly message: RunMessage;
  readonly claim: Claim;
  /**
   * Milliseconds that it may hold a thread without a pause while another organisation waits. Doubles each time that it
   * is put back, so that it ends.
   */
  patience: number;
  begun: number;
  readonly onProgress: (fraction: number) => void;
  resolve(outcome: OutcomeOf<TaskKind>): void;
  reject(error: Error): void;
}

/** Why a thread is ended under its task. */
export type End = 'cancelled' | 'over-time' | 'put-back';

/**
 * Where a slot stands:
 *
 *     starting ─ready→ idle ─begin→ working ─outcome→ idle
 *     working ─end→ ending ─exit→ starting
 *     starting, idle, working ─exit→ starting at the first failure, pausing at those behind it
 *     pausing ─the pause is over→ starting
 *     any ─close→ closed
 */
export type SlotState =
  | { readonly is: 'starting'; readonly thread: ComputeThread }
  | { readonly is: 'pausing'; readonly timer: NodeJS.Timeout }
  | { readonly is: 'idle'; readonly thread: ComputeThread }
  | { readonly is: 'working'; readonly thread: ComputeThread; readonly run: Run }
  | { readonly is: 'ending'; readonly thread: ComputeThread; readonly run: Run; readonly cause: End }
  | { readonly is: 'closed' };

interface SlotOptions {
  /** What the next thread runs. */
  program(): URL;
  readonly heapMegabytes: number;
  /** The slot is idle. */
  onFree(): void;
  /** A task has ended by itself: its outcome follows. */
  onEnded(run: Run): void;
  /** The thread is gone with what it ran. */
  onLost(run: Run, cause: End | Error): void;
  /** A thread ended that nobody ended. The next is started after `pause` milliseconds. */
  onFailure(error: Error, pause: number): void;
}

/** Between two failures in a row, in milliseconds; doubled at each. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 30_000;

/** The pause behind so many failures in a row: none after the first. */
export const pauseAfter = (failures: number): number =>
  failures <= 1 ? 0 : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 2));

export const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** A place for one thread. Whatever becomes of the thread, the place is kept and gets another. */
export class ThreadSlot {
  /** Of the first thread: null when the thread is ready, or why it did not start. */
  readonly firstTry: Promise<Error | null>;
  readonly #options: SlotOptions;
  readonly #tried: (error: Error | null) => void;
  #state: SlotState;
  /** In a row, without a task that ended between them. */
  #failures = 0;

  constructor(options: SlotOptions) {
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<Error | null>();
    this.firstTry = promise;
    this.#tried = resolve;
    this.#state = this.#started();
  }

  get state(): SlotState {
    return this.#state;
  }

  /** The task that holds the thread, also while the thread is being ended under it. */
  get run(): Run | null {
    return this.#state.is === 'working' || this.#state.is === 'ending' ? this.#state.run : null;
  }

  /** False when the slot is not idle. */
  begin(run: Run): boolean {
    if (this.#state.is !== 'idle') return false;
    const { thread } = this.#state;
    this.#state = { is: 'working', thread, run };
    run.begun = performance.now();
    thread.send(run.message);
    return true;
  }

  /** Ends the thread under its task. Does nothing in a slot that does not work. */
  end(cause: End): void {
    if (this.#state.is !== 'working') return;
    const { thread, run } = this.#state;
    this.#state = { is: 'ending', thread, run, cause };
    void thread.terminate();
  }

  /** The task that the thread had neither ends nor fails: the pool's owner waits for it no more. */
  async close(): Promise<void> {
    const before = this.#state;
    this.#state = { is: 'closed' };
    this.#tried(null);
    if (before.is === 'pausing') clearTimeout(before.timer);
    else if (before.is !== 'closed') await before.thread.terminate();
  }

  #started(): SlotState {
    const { program, heapMegabytes } = this.#options;
    const thread = startComputeThread({
      program: program(),
      heapMegabytes,
      onMessage: (message) => this.#hear(message),
      onExit: (error) => this.#lose(error),
    });
    return { is: 'starting', thread };
  }

  #hear(message: ThreadMessage): void {
    const state = this.#state;
    if (message.type === 'ready') {
      if (state.is !== 'starting') return;
      this.#state = { is: 'idle', thread: state.thread };
      this.#tried(null);
      return this.#options.onFree();
    }
    if (state.is !== 'working' || state.run.message.id !== message.id) return;
    const { run, thread } = state;
    if (message.type === 'progress') return run.onProgress(message.fraction);
    this.#state = { is: 'idle', thread };
    this.#failures = 0;
    this.#options.onEnded(run);
    this.#options.onFree();
    if (message.type === 'outcome') run.resolve(message.outcome);
    else run.reject(message.error);
  }

  #lose(error: Error | null): void {
    const state = this.#state;
    switch (state.is) {
      case 'closed':
      case 'pausing':
        return;
      case 'ending':
        this.#state = this.#started();
        return this.#options.onLost(state.run, state.cause);
      case 'working': {
        const cause = error ?? new Error('The compute thread was ended.');
        this.#startAnother(cause);
        return this.#options.onLost(state.run, cause);
      }
      case 'idle':
      case 'starting':
        this.#tried(error);
        return this.#startAnother(error ?? new Error('The compute thread was ended.'));
    }
  }

  #startAnother(error: Error): void {
    // A task that needs more memory than a thread has is the task's fault.
    if (!isOutOfMemory(error)) this.#failures += 1;
    const pause = pauseAfter(this.#failures);
    if (pause === 0) this.#state = this.#started();
    else {
      const timer = setTimeout(() => (this.#state = this.#started()), pause);
      this.#state = { is: 'pausing', timer };
    }
    if (!isOutOfMemory(error)) this.#options.onFailure(error, pause);
  }
}
