import { parentPort } from 'node:worker_threads';
import type { RunMessage, ThreadMessage } from '../../protocol.ts';

/**
 * What a thread of a test does: answers at once. A task whose formula is `hold` lasts until it is stopped, and `die`
 * ends the thread.
 */
export function answerTasks(onTask: () => void = () => undefined): void {
  const send = (message: ThreadMessage): void => parentPort?.postMessage(message);
  parentPort?.on('message', ({ id, job, stop }: RunMessage) => {
    onTask();
    if (job.kind === 'backtest' && job.task.formula === 'die') process.exit(5);
    if (job.kind === 'backtest' && job.task.formula === 'hold') {
      send({ type: 'progress', id, fraction: 0 });
      while (Atomics.load(stop, 0) === 0) Atomics.wait(stop, 0, 0, 5);
    }
    send({ type: 'outcome', id, outcome: { type: 'refused', reason: 'answered' } });
  });
  send({ type: 'ready' });
}
