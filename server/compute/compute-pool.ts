import type { Log } from '#server/observability/log.ts';
import { ComputeQueue, type Claim } from './compute-queue.ts';
import type { Job, OutcomeOf, TaskKind, Tasks } from './protocol.ts';
import { isOutOfMemory, ThreadSlot, type End, type Run } from './thread-slot.ts';

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
  readonly log: Pick<Log, 'error'>;
  /** Heap of a thread; columns of numbers are outside of it, and bounded by the estimate of a run. */
  readonly heapMegabytes?: number;
  /** What the next thread runs; tests give programs that die. */
  program?(): URL;
}

const PROGRAM = new URL('./thread.ts', import.meta.url);

/** Tasks that are asked to stop have this long before their thread is ended under them. */
const GRACE = 300;

/** While another organisation has no thread, a task holds its own for this long. */
const FIRST_PATIENCE = 1000;
const LOOK_EVERY = 100;

/**
 * Starts the threads and waits until each has loaded the engine. There are `spare` more than `size`, and no
 * organisation holds more than `size`: one is left for the others. A task that holds its thread for long while others
 * have none is put back and begins anew later. A thread that dies is replaced (`ThreadSlot`). Rejects when not a single
 * thread starts.
 */
export async function startComputePool({
  size,
  spare = 1,
  log,
  heapMegabytes = 1024,
  program = () => PROGRAM,
}: PoolOptions): Promise<ComputePool> {
  const waiting = new ComputeQueue<Run>();
  const timers = new Map<Run, NodeJS.Timeout>();
  let closed = false;
  let nextId = 0;
  let looking: NodeJS.Timeout | null = null;
  const slots: readonly ThreadSlot[] = Array.from(
    { length: size + spare },
    () =>
      new ThreadSlot({
        program,
        heapMegabytes,
        onFree: () => next(),
        onEnded: (run) => void (run.claim.spent += settle(run)),
        onLost: afterEnd,
        onFailure: (err, pause) => log.error({ err, pause }, 'a compute thread ended, starting another'),
      }),
  );

  const running = (): Run[] => slots.flatMap(({ run }) => run ?? []);
  const heldBy = (owner: string): number => running().filter(({ claim }) => claim.owner === owner).length;
  const wasPutBack = ({ patience }: Run): boolean => patience > FIRST_PATIENCE;
  /** What one organisation may hold: `size`, or fewer while not all threads live. */
  const mostOfOne = (): number => {
    const alive = slots.filter(({ state }) => state.is === 'idle' || state.is === 'working' || state.is === 'ending');
    return Math.max(1, Math.min(size, alive.length - spare));
  };
  const mayBegin = (run: Run): boolean =>
    heldBy(run.claim.owner) < mostOfOne() && (!wasPutBack(run) || running().filter(wasPutBack).length < mostOfOne());

  function next(): void {
    for (const slot of slots) {
      const run = slot.state.is === 'idle' && !closed ? waiting.take(mayBegin) : null;
      if (run) begin(slot, run);
    }
    if (waiting.size > 0 && !closed) looking ??= setInterval(makeRoom, LOOK_EVERY);
    else if (looking) {
      clearInterval(looking);
      looking = null;
    }
  }

  function begin(slot: ThreadSlot, run: Run): void {
    slot.begin(run);
    const left = run.claim.mostTime - run.claim.spent;
    if (!Number.isFinite(left)) return;
    const timer = setTimeout(
      () => {
        if (slot.run === run) slot.end('over-time');
      },
      Math.min(2 ** 31 - 1, Math.max(0, left)),
    );
    timer.unref();
    timers.set(run, timer);
  }

  /** Puts the task back that has held a thread for longest, when an organisation waits that holds none. */
  function makeRoom(): void {
    if (slots.some(({ state }) => state.is === 'idle' || state.is === 'ending')) return next();
    const heir = waiting.peek((run) => heldBy(run.claim.owner) === 0);
    if (!heir) return;
    const now = performance.now();
    const needsSlow = wasPutBack(heir) && running().filter(wasPutBack).length >= mostOfOne();
    const [victim] = slots
      .filter(({ run }) => run && now - run.begun > run.patience && (!needsSlow || wasPutBack(run)))
      .sort((a, b) => (a.run?.begun ?? 0) - (b.run?.begun ?? 0));
    victim?.end('put-back');
  }

  function settle(run: Run): number {
    clearTimeout(timers.get(run));
    timers.delete(run);
    const elapsed = performance.now() - run.begun;
    waiting.charge(run.claim, elapsed);
    return elapsed;
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
        reason: `It needed more memory than a run may take (${heapMegabytes} MB): take fewer bars, or a strategy that trades less often.`,
      });
    run.reject(cause);
  }

  const close = async (): Promise<void> => {
    closed = true;
    if (looking) clearInterval(looking);
    await Promise.all(slots.map((slot) => slot.close()));
  };

  const tries = await Promise.all(slots.map(({ firstTry }) => firstTry));
  const [failure] = tries;
  if (failure && tries.every((error) => error !== null)) {
    await close();
    throw failure;
  }

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
            else slots.find((slot) => slot.run === run)?.end('cancelled');
          }, GRACE).unref();
        };
        signal.addEventListener('abort', halt, { once: true });
        waiting.push(claim, run);
        next();
      }),
    close,
  };
}

function overTime(mostTime: number): string {
  const time =
    mostTime >= 120_000 ? `${Math.round(mostTime / 60_000)} minutes` : `${Math.round(mostTime / 1000)} seconds`;
  return `It computed for ${time}, the longest that your plan allows: take fewer bars, shorter windows, or fewer settings.`;
}
