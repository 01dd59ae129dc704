/**
 * Milliseconds that something may take in the database before the database ends it: so that nothing is held for ever.
 */
export interface DatabaseTimes {
  readonly statement: number;
  /** Waiting for a lock that another transaction holds. */
  readonly lock: number;
  /** A transaction that is open and asks nothing. */
  readonly idle: number;
}

const SECOND = 1_000;
const MINUTE = 60_000;

/** One statement of a search, in milliseconds. The largest organisation's takes a twentieth of this. */
export const SEARCH_MS = 2 * SECOND;

/**
 * Waiting for a lock in what a person does on one of the few connections that all organisations share, in milliseconds.
 */
export const SHARED_LOCK_MS = 2 * SECOND;

export const DATABASE_TIMES = {
  /** What people wait for. The longest honest statement is the end of the largest import, which takes a few seconds. */
  app: { statement: 60 * SECOND, lock: 10 * SECOND, idle: 2 * MINUTE },
  /** What nobody waits for: cleaning up, listings of all organisations. */
  system: { statement: 10 * MINUTE, lock: MINUTE, idle: 10 * MINUTE },
  /** Also how long a process waits for another that migrates. */
  migration: { statement: 60 * MINUTE, lock: 15 * MINUTE, idle: 60 * MINUTE },
} as const satisfies Record<string, DatabaseTimes>;
