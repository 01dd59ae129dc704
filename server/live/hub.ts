import type { Sql } from 'postgres';
import { ACCESS_CHANNEL } from '#server/auth/access-changed.ts';
import { EVENTS_CHANNEL } from '#server/db/queries/events.ts';
import type { Person } from '#server/policies/principal.ts';

/** Wakes those who wait for an organisation's events: one LISTEN connection a process, whatever the number of browsers. */
export interface LiveHub {
  /**
   * Settles when the organisation has a new event, when something may have been missed, or when `signal` is aborted. Take the promise
   * **before** reading the events, and await it after: what is committed between would be lost otherwise. With a `follower` it also settles
   * when their access changes and when their session ends, so that they can be looked at again.
   */
  wait(orgId: string, signal: AbortSignal, follower?: Pick<Person, 'userId' | 'expiresAt'>): Promise<void>;
  /** Grows whenever anybody's access may have changed: what was seen of somebody at the same number still holds. */
  accessChanges(): number;
  /** Calls back with the person whose access changed; with null when that may be anybody. */
  onAccessChange(listener: (userId: string | null) => void): void;
  close(): Promise<void>;
}

export async function startLiveHub(sql: Sql): Promise<LiveHub> {
  const waiting = new Map<string, Set<() => void>>();
  const wake = (key: string): void => {
    const waiters = waiting.get(key);
    waiting.delete(key);
    for (const settle of waiters ?? []) settle();
  };
  const wakeAll = (): void => {
    for (const key of [...waiting.keys()]) wake(key);
  };
  let changes = 0;
  const listeners = new Set<(userId: string | null) => void>();
  const accessChanged = (userId: string | null): void => {
    changes += 1;
    for (const listener of listeners) listener(userId);
    if (userId === null) wakeAll();
    else wake(userId);
  };
  // The second callback runs at every connection: after a lost one, nobody knows what was announced meanwhile.
  const listening = await Promise.all([
    sql.listen(EVENTS_CHANNEL, wake, wakeAll),
    sql.listen(ACCESS_CHANNEL, accessChanged, () => accessChanged(null)),
  ]);
  return {
    wait: (orgId, signal, follower) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const keys = follower ? [orgId, follower.userId] : [orgId];
        const settle = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', settle);
          for (const key of keys) {
            const waiters = waiting.get(key);
            waiters?.delete(settle);
            if (waiters?.size === 0) waiting.delete(key);
          }
          resolve();
        };
        const timer = follower?.expiresAt && setTimeout(settle, timeUntil(follower.expiresAt)).unref();
        for (const key of keys) {
          const waiters = waiting.get(key) ?? new Set();
          waiting.set(key, waiters.add(settle));
        }
        signal.addEventListener('abort', settle, { once: true });
      }),
    accessChanges: () => changes,
    onAccessChange: (listener) => void listeners.add(listener),
    close: async () => {
      listeners.clear();
      await Promise.all(listening.map((one) => one.unlisten()));
      wakeAll();
    },
  };
}

/** A timer takes 31 bits of milliseconds. A moment later, a session that ends then has ended for certain; one that goes on waits again. */
const timeUntil = (time: Date): number => Math.min(2 ** 31 - 1, Math.max(1_000, time.getTime() - Date.now() + 50));
