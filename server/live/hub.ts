import type { Sql } from 'postgres';
import { EVENTS_CHANNEL } from '#server/db/queries/events.ts';

/** Wakes those who wait for an organisation's events: one LISTEN connection a process, whatever the number of browsers. */
export interface LiveHub {
  /**
   * Settles when the organisation has a new event, when something may have been missed, or when `signal` is aborted. Take the promise
   * **before** reading the events, and await it after: what is committed between would be lost otherwise.
   */
  wait(orgId: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export async function startLiveHub(sql: Sql): Promise<LiveHub> {
  const waiting = new Map<string, Set<() => void>>();
  const wake = (orgId: string): void => {
    const waiters = waiting.get(orgId);
    waiting.delete(orgId);
    for (const settle of waiters ?? []) settle();
  };
  const wakeAll = (): void => {
    for (const orgId of [...waiting.keys()]) wake(orgId);
  };
  // The second callback runs at every connection: after a lost one, nobody knows what was announced meanwhile.
  const listening = await sql.listen(EVENTS_CHANNEL, wake, wakeAll);
  return {
    wait: (orgId, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const waiters = waiting.get(orgId) ?? new Set();
        waiting.set(orgId, waiters);
        const settle = (): void => {
          signal.removeEventListener('abort', settle);
          waiters.delete(settle);
          resolve();
        };
        waiters.add(settle);
        signal.addEventListener('abort', settle, { once: true });
      }),
    close: async () => {
      await listening.unlisten();
      wakeAll();
    },
  };
}
