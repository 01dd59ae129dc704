import { monitorEventLoopDelay, PerformanceObserver, constants } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import { waitsOf } from './samples.ts';

/**
 * What the thread that answers everybody felt, told by itself: `node --import ./probe.ts server/main.ts`. The waits of
 * others hold what the machine, Postgres and the load generator take as well; these figures do not.
 */
export interface Felt {
  /**
   * Milliseconds of processor time that the thread took without letting anybody else have their turn: the same on a
   * machine that others use, too.
   */
  readonly held: { readonly p99: number; readonly max: number };
  /** Milliseconds of the clock that a timer came too late: the same, and what the machine gave to others meanwhile. */
  readonly late: { readonly p99: number; readonly max: number };
  /** Milliseconds of processor time of this thread, and of the whole process with its threads. */
  readonly thread: number;
  readonly process: number;
  /** Milliseconds of collecting garbage, and the longest collection. */
  readonly garbage: { readonly sum: number; readonly max: number };
  /** The most bytes that this thread had, of its objects and of buffers, right after a full collection; 0: none was. */
  readonly live: number;
}

const BEAT_MS = 10;

if (isMainThread && process.send) {
  // Whether the parent is there or not keeps no process alive.
  process.channel?.unref();
  let held: number[] = [];
  let [sum, max, live] = [0, 0, 0];
  const cpuOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;
  let [thread, whole] = [cpuOf(process.threadCpuUsage()), cpuOf(process.cpuUsage())];
  let last = thread;
  setInterval(() => {
    const now = cpuOf(process.threadCpuUsage());
    held.push(now - last);
    last = now;
  }, BEAT_MS).unref();
  const late = monitorEventLoopDelay({ resolution: BEAT_MS });
  late.enable();
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      sum += entry.duration;
      max = Math.max(max, entry.duration);
      // The DOM's type of an entry does not know what Node tells of a collection.
      const { kind } = (entry as { readonly detail?: { readonly kind?: number } }).detail ?? {};
      if (kind !== constants.NODE_PERFORMANCE_GC_MAJOR) continue;
      const { heapUsed, external } = process.memoryUsage();
      live = Math.max(live, heapUsed + external);
    }
  }).observe({ entryTypes: ['gc'] });

  // Whoever asks begins anew.
  process.on('message', () => {
    const [threadNow, wholeNow] = [cpuOf(process.threadCpuUsage()), cpuOf(process.cpuUsage())];
    const { p99, max: longest } = waitsOf(held);
    const felt: Felt = {
      held: { p99, max: longest },
      // The histogram counts from one beat to the next.
      late: { p99: late.percentile(99) / 1e6 - BEAT_MS, max: late.max / 1e6 - BEAT_MS },
      thread: threadNow - thread,
      process: wholeNow - whole,
      garbage: { sum, max },
      live,
    };
    [held, sum, max, live, thread, whole] = [[], 0, 0, 0, threadNow, wholeNow];
    late.reset();
    process.send?.(felt);
  });
}
