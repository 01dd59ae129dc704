import type { Actor } from '#server/auth/actor.ts';
import type { Database } from '#server/db/database.ts';

/** Where a request came from, for the record. */
export interface Origin {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** What a use-case gets from whoever calls it, whatever the transport. */
export interface Anonymous {
  readonly db: Database;
  readonly now: Date;
  readonly from: Origin;
}

export interface Caller extends Anonymous {
  readonly actor: Actor;
}
