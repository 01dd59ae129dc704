import type { Log } from '#server/observability/log.ts';
import { ComputeThread, type End, type Run } from './compute-thread.ts';
import { FairQueue, type Claim } from './fair-queue.ts';
import type { Job, OutcomeOf, TaskKind, Tasks } from './protocol.ts';

export interface TaskOptions {
  /** Stops it; the outcome is `stopped` then. */
  readonly signal: AbortSignal;
  /** Of the run that the task is a part of; without one it is on nobody's account and unbounded. */
  readonly claim?: Claim;
  onProgress?(fraction: number): void;
}

/** Threads that compute, so that the process goes on answering. */
export interface ComputePool {
  /** How many tasks of one organisation run at once. */
  readonly size: number;
  /** Runs a task on a thread when its turn comes. Rejects when the engine throws or its thread dies. */
  run<Kind extends TaskKind>(kind: Kind, task: Tasks[Kind]['task'], options: TaskOptions): Promise<OutcomeOf<Kind>>;
  close(): Promise<void>;
}

interface PoolOptions {
  readonly size: number;
  /** Threads beyond `size`, which no organisation that holds `size` gets. */
  readonly spare?: number;
  readonly log: Pick<Log, 'error' | 'fatal'>;
  /** Heap of a thread; columns of numbers are outside of it, and bounded by the estimate of a run. */
  readonly heapMegabytes?: number;
}

/** Tasks that are asked to stop have this long before their thread is ended under them. */
const GRACE = 300;

/** While another organisation has no thread, a task holds its own for this long. */
const FIRST_PATIENCE = 1000;
const LOOK_EVERY = 100;

/**
 * Starts the threads and waits until each has loaded the engine. There are `spare` more than `size`, and no organisation holds more than `size`:
 * one is left for the others. A task that holds its thread for long while others have none is put back and begins anew later.
 */
export async function startComputePool({
  size,
  spare = 1,
  log,
  heapMegabytes = 1024,
}: PoolOptions): Promise<ComputePool> {
  const waiting = new FairQueue<Run>();
  const threads: ComputeThread[] = [];
  const starting = new Set<ComputeThread>();
  let closed = false;
  let nextId = 0;
  let looking: NodeJS.Timeout | null = null;

  const running = (): Run[] => threads.flatMap(({ current }) => current ?? []);
  const heldBy = (owner: string): number => running().filter(({ claim }) => claim.owner === owner).length;
  const wasPutBack = ({ patience }: Run): boolean => patience > FIRST_PATIENCE;
  const mayBegin = (run: Run): boolean =>
    heldBy(run.claim.owner) < size && (!wasPutBack(run) || running().filter(wasPutBack).length < size);

  function next(): void {
    for (const thread of threads) {
      const run = thread.current || thread.isEnding ? null : waiting.take(mayBegin);
      if (run) begin(thread, run);
    }
    if (waiting.size > 0 && !closed) looking ??= setInterval(makeRoom, LOOK_EVERY);
    else if (looking) {
      clearInterval(looking);
      looking = null;
    }
  }

  function begin(thread: ComputeThread, run: Run): void {
    thread.begin(run);
    const left = run.claim.mostTime - run.claim.spent;
    if (!Number.isFinite(left)) return;
    const timer = setTimeout(
      () => {
        if (thread.current === run) thread.end('over-time');
      },
      Math.min(2 ** 31 - 1, Math.max(0, left)),
    );
    timer.unref();
    timers.set(run, timer);
  }
  const timers = new Map<Run, NodeJS.Timeout>();

  /** Puts the task back that has held a thread for longest, when an organisation waits that holds none. */
  function makeRoom(): void {
    if (threads.some(({ current, isEnding }) => !current || isEnding)) return next();
    const heir = waiting.peek((run) => heldBy(run.claim.owner) === 0);
    if (!heir) return;
    const now = performance.now();
    const needsSlow = wasPutBack(heir) && running().filter(wasPutBack).length >= size;
    const [victim] = threads
      .filter(({ current }) => current && now - current.begun > current.patience && (!needsSlow || wasPutBack(current)))
      .sort((a, b) => (a.current?.begun ?? 0) - (b.current?.begun ?? 0));
    victim?.end('put-back');
  }

  function settle(run: Run): number {
    clearTimeout(timers.get(run));
    timers.delete(run);
    const elapsed = performance.now() - run.begun;
    waiting.charge(run.claim, elapsed);
    return elapsed;
  }

  async function startThread(): Promise<void> {
    const thread = new ComputeThread(heapMegabytes, {
      onFree: (run) => {
        run.claim.spent += settle(run);
        next();
      },
      onGone: (run, cause) => {
        const place = threads.indexOf(thread);
        // A thread that ends while it starts is none of them yet.
        if (place >= 0) threads.splice(place, 1);
        if (run) afterEnd(run, cause);
        if (closed) return;
        if (cause instanceof Error && !isOutOfMemory(cause))
          log.error({ err: cause }, 'a compute thread ended, starting another');
        startThread().then(next, (error: unknown) => {
          if (!closed) log.fatal({ err: error }, 'no compute thread can be started');
        });
      },
    });
    thread.ready.catch(() => undefined);
    starting.add(thread);
    await thread.ready.finally(() => starting.delete(thread));
    threads.push(thread);
  }

  function afterEnd(run: Run, cause: End | Error): void {
    settle(run);
    if (cause === 'cancelled') return run.resolve({ type: 'stopped' });
    if (cause === 'over-time') return run.resolve({ type: 'refused', reason: overTime(run.claim.mostTime) });
    if (cause === 'put-back') {
      run.patience *= 2;
      return waiting.push(run.claim, run);
    }
    if (isOutOfMemory(cause))
      return run.resolve({
        type: 'refused',
        reason: `It needed more memory than a run may take (${heapMegabytes} MB): take fewer bars, or a formula that trades less often.`,
      });
    run.reject(cause);
  }

  await Promise.all(Array.from({ length: size + spare }, () => startThread()));

  return {
    size,
    run: <Kind extends TaskKind>(
      kind: Kind,
      task: Tasks[Kind]['task'],
      {
        signal,
        onProgress,
        claim = { owner: '', weight: 1, mostTime: Number.POSITIVE_INFINITY, spent: 0 },
      }: TaskOptions,
    ) =>
      new Promise<OutcomeOf<Kind>>((resolve, reject) => {
        if (signal.aborted) return resolve({ type: 'stopped' });
        if (claim.spent >= claim.mostTime) return resolve({ type: 'refused', reason: overTime(claim.mostTime) });
        const stop = new Int32Array(new SharedArrayBuffer(4));
        const done = (): void => signal.removeEventListener('abort', halt);
        const run: Run = {
          // A thread answers a task of a kind with an outcome of that kind.
          message: { id: (nextId += 1), job: { kind, task } as Job, stop },
          claim,
          patience: FIRST_PATIENCE,
          begun: 0,
          resolve: (outcome) => (done(), resolve(outcome as OutcomeOf<Kind>)),
          onProgress: (fraction) => onProgress?.(fraction),
          reject: (error) => (done(), reject(error)),
        };
        const halt = (): void => {
          if (waiting.remove(run)) return run.resolve({ type: 'stopped' });
          Atomics.store(stop, 0, 1);
          setTimeout(() => {
            if (waiting.remove(run)) run.resolve({ type: 'stopped' });
            else threads.find(({ current }) => current === run)?.end('cancelled');
          }, GRACE).unref();
        };
        signal.addEventListener('abort', halt, { once: true });
        waiting.push(claim, run);
        next();
      }),
    close: async () => {
      closed = true;
      if (looking) clearInterval(looking);
      await Promise.all([...threads, ...starting].map((thread) => thread.close()));
    },
  };
}

const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const overTime = (mostTime: number): string =>
  `It computed for ${mostTime >= 120_000 ? `${Math.round(mostTime / 60_000)} minutes` : `${Math.round(mostTime / 1000)} seconds`}, the longest that your plan allows: take fewer bars, shorter windows, or fewer settings.`;
