import { parentPort } from 'node:worker_threads';
import { runTask, warmUp } from './run-task.ts';
import type { RunMessage, ThreadMessage } from './protocol.ts';

// The program of a compute thread: one run at a time, as the pool sends them.
if (!parentPort) throw new Error('thread.ts runs in a worker thread');
const port = parentPort;
const send = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

port.on('message', ({ id, task, stop }: RunMessage) => {
  try {
    const outcome = runTask(task, {
      onProgress: (fraction) => send({ type: 'progress', id, fraction }),
      shouldStop: () => Atomics.load(stop, 0) === 1,
    });
    send({ type: 'outcome', id, outcome }, outcome.type === 'finished' ? buffersOf(outcome.result) : []);
  } catch (error) {
    send({ type: 'bug', id, error: error instanceof Error ? error : new Error(String(error)) });
  }
});

warmUp();
send({ type: 'ready' });

/** The large columns go back without a copy. */
function buffersOf(result: { equity: Float64Array; drawdown: Float64Array; benchmark: Float64Array }): ArrayBuffer[] {
  const buffers = [result.equity.buffer, result.drawdown.buffer, result.benchmark.buffer];
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}
