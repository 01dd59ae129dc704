import { describeDevice } from '#server/auth/describe-device.ts';
import type { AskFormulas } from '#server/compute/formula-threads.ts';
import type { Database } from '#server/db/database.ts';
import type { Person, Principal, RunningBot, SystemTask } from '#server/policies/principal.ts';

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

/** `By` names the kinds of principals that the use-case is for: what is a person's own takes `Caller<Person>`. */
export interface Caller<By extends Principal = Principal> extends Anonymous {
  readonly principal: By;
  /**
   * Whoever asked by a request, as they are now; null once their session has ended. Cheap when that was looked up a
   * moment ago.
   */
  readonly current?: () => Promise<Person | null>;
}

/** Whoever asks for what reads, checks or compiles a formula. */
export interface Reader<By extends Principal = Principal> extends Caller<By> {
  readonly formulas: AskFormulas;
}

/** Of work that came by no request. */
export const NOWHERE: Origin = { ip: null, userAgent: null };

/** The caller of work that the house does by itself. */
export const bySystem = (db: Database, { task, orgId }: Omit<SystemTask, 'kind'>): Caller<SystemTask> => ({
  db,
  now: new Date(),
  from: NOWHERE,
  principal: { kind: 'system', task, orgId },
});

/** The caller of what a bot does with its next bar. */
export const byBot = (db: Database, { botId, orgId }: Omit<RunningBot, 'kind'>): Caller<RunningBot> => ({
  db,
  now: new Date(),
  from: NOWHERE,
  principal: { kind: 'bot', botId, orgId },
});

/** Where an act came from, as the audit keeps it. */
export const traceOf = ({ ip, userAgent, requestId, session }: Origin) => ({
  ip,
  device: describeDevice(userAgent),
  requestId: requestId ?? null,
  session: session ?? null,
});
