/**
 * Under which roles the database is used; each has only the rights that its work needs. The three are the same where
 * there is one role for all.
 */
export interface DatabaseUrls {
  /** What people do: rows of one organisation at a time. */
  readonly app: string;
  /**
   * Sign-in, jobs, limits, the realtime server's listings: rows of all organisations, but no change of tables and
   * rights.
   */
  readonly system: string;
  /** Owns the tables; used at the start only. */
  readonly migration: string;
}

/**
 * One role that owns what it works on: the second wall between organisations stands only as long as nobody makes it run
 * other SQL.
 */
export const isShared = ({ app, system, migration }: DatabaseUrls): boolean => app === system && app === migration;
