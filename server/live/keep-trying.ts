import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '#server/observability/log.ts';
import { isPassing } from '#server/passing-failures.ts';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/**
 * Reads for a subscription, which outlives the connections to the database: what fails in passing is tried again after
 * a growing pause, until `signal` is aborted. Null when it was. Anything else that fails is thrown.
 */
export async function keepTrying<T>(read: () => Promise<T>, signal: AbortSignal, log: Log): Promise<T | null> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return await read();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (failures === 0) log.warn({ err: error }, 'a subscription waits for the database');
      // Not all followers at the same moment.
      const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
      await pause(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => null);
    }
  }
  return null;
}
