import { parentPort } from 'node:worker_threads';
import type { Job, OutcomeOf, RunMessage, TaskKind, ThreadMessage } from './protocol.ts';
import type { TaskWatch } from './run-task.ts';

const send = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void => {
  if (!parentPort) throw new Error('jobs are served in a worker thread');
  parentPort.postMessage(message, transfer);
};

/**
 * In a worker thread: runs each job that the pool sends, one at a time. `buffersOf` says what of an outcome goes back
 * without a copy.
 */
export function serveJobs(
  runJob: (job: Job, watch: TaskWatch) => OutcomeOf<TaskKind>,
  buffersOf: (outcome: OutcomeOf<TaskKind>) => ArrayBuffer[] = () => [],
): void {
  parentPort?.on('message', ({ id, job, stop }: RunMessage) => {
    try {
      const outcome = runJob(job, {
        onProgress: (fraction) => send({ type: 'progress', id, fraction }),
        shouldStop: () => Atomics.load(stop, 0) === 1,
      });
      send({ type: 'outcome', id, outcome }, buffersOf(outcome));
    } catch (error) {
      send({ type: 'bug', id, error: error instanceof Error ? error : new Error(String(error)) });
    }
  });
}

/** The thread takes jobs from now on. */
export const announceReady = (): void => send({ type: 'ready' });
