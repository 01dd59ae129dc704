import { AsyncLocalStorage } from 'node:async_hooks';

/** Of the transaction that this code runs in. What it starts and leaves behind goes on when it has ended. */
const current = new AsyncLocalStorage<{ isOpen: boolean }>();

/** Runs the work of a transaction, so that `requireNoTransaction` knows of it. */
export async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  const here = { isOpen: true };
  try {
    return await current.run(here, work);
  } finally {
    here.isOpen = false;
  }
}

/**
 * Runs what somebody else does meanwhile, on another connection: for tests of what happens in the middle of a
 * transaction.
 */
export const meanwhile = <T>(work: () => T): T => current.exit(work);

/**
 * Waits with locks in hand all the same, where a bound on how many do so at once leaves connections to everybody else.
 */
export const despiteLocks = <T>(work: () => Promise<T>): Promise<T> => current.exit(work);

/**
 * Called by whatever waits for a turn, a thread or a network: nobody waits so with a connection and locks in hand,
 * behind which others wait. Throws in an open transaction, which is a bug of the caller.
 */
export function requireNoTransaction(what: string): void {
  if (current.getStore()?.isOpen) throw new Error(`${what} is waited for within a transaction`);
}
