import type { Actor } from '#server/auth/actor.ts';
import type { Database } from '#server/db/database.ts';

/** Where a request came from, for the record. */
export interface Origin {
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** As in the log and on the answer. */
  readonly requestId?: string;
  /** The chain of the session, where there is one. */
  readonly session?: string;
}

/** What a use-case gets from whoever calls it, whatever the transport. */
export interface Anonymous {
  readonly db: Database;
  readonly now: Date;
  readonly from: Origin;
}

/** Somebody who signs in or registers. */
export interface Visitor extends Anonymous {
  /** Hashes of the tokens that the browser sent; what they are worth is for the database to say. */
  readonly tokens: { readonly session: string | null; readonly device: string | null };
}

export interface Caller extends Anonymous {
  readonly actor: Actor;
}
