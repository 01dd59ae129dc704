import { setImmediate } from 'node:timers/promises';

/**
 * Ends the process once the pipes have taken what was written, whatever its size: `process.exit` alone would cut it off
 * behind the 64 KiB that a pipe holds.
 */
export async function endProcess(code: number): Promise<never> {
  // What could not be written is told behind the microtasks that lead here.
  await setImmediate();
  await Promise.all([process.stdout, process.stderr].map(drained));
  process.exit(code);
}

/** Also when the reader has gone: then there is nothing left to wait for. */
const drained = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writableLength === 0 || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
