import type { Sql } from 'postgres';
import { createEmitter } from '#core/emitter/emitter.ts';
import { idOf, type OrgId, type UserId } from '#core/requests/ids.ts';
import { ACCESS_CHANNEL } from '#server/auth/access-changed.ts';
import { asSystem, withOrg, type Database } from '#server/db/database.ts';
import {
  EVENTS_CHANNEL,
  lastSequence,
  listEventsAfter,
  listLastSequences,
  TRANSIENT_CHANNEL,
} from '#server/db/queries/events.ts';
import type { Log } from '#server/observability/log.ts';
import { isPassing } from '#server/passing-failures.ts';
import type { TransientEvent } from './event.ts';
import type { Follower } from './follower.ts';
import { keepTrying } from './keep-trying.ts';
import type { EventSource } from './tail.ts';
import { createTails } from './tails.ts';

/**
 * What happens, for all subscriptions of a process: one LISTEN connection, and one read of an organisation's new events
 * for all who follow them.
 */
export interface LiveHub {
  /** Follows an organisation's events behind `since`, or from now on for null, for a person, until `unfollow`. */
  follow(orgId: OrgId, userId: UserId, since: number | null): Follower;
  unfollow(follower: Follower): void;
  /** Grows whenever anybody's access may have changed: what was seen of somebody at the same number still holds. */
  accessChanges(): number;
  /** Calls back with the person whose access changed; with null when that may be anybody. */
  onAccessChange(listener: (userId: UserId | null) => void): void;
  close(): Promise<void>;
}

interface HubOptions {
  readonly db: Database;
  readonly sql: Sql;
  readonly log: Log;
  /** How often events are looked for that nobody announced, in milliseconds. */
  readonly pollEvery?: number;
}

/** A connection that hears nothing any more, and does not know it yet, delays events by this. */
const POLL_EVERY = 10_000;

export async function startLiveHub({ db, sql, log, pollEvery = POLL_EVERY }: HubOptions): Promise<LiveHub> {
  const tails = createTails((orgId, isEnded) => sourceOf({ db, log }, orgId, isEnded));
  let changes = 0;
  const accessChange = createEmitter<UserId | null>();
  const accessChanged = (userId: UserId | null): void => {
    changes += 1;
    accessChange.emit(userId);
    tails.lookAt(userId);
  };
  // The second callback runs at every connection: after a lost one, nobody knows what was announced meanwhile.
  const listening = await Promise.all([
    sql.listen(
      EVENTS_CHANNEL,
      (payload) => {
        const [orgId, sequence] = inTwo(payload);
        tails.announce(orgId, Number(sequence));
      },
      () => tails.readOn(),
    ),
    sql.listen(TRANSIENT_CHANNEL, (payload) => {
      const [orgId, event] = inTwo(payload);
      tails.tell(orgId, JSON.parse(event) as TransientEvent);
    }),
    sql.listen(
      ACCESS_CHANNEL,
      (userId) => accessChanged(idOf('user', userId)),
      () => accessChanged(null),
    ),
  ]);

  async function poll(): Promise<void> {
    const known = tails.known();
    if (known.size === 0) return;
    const rows = await asSystem(db, (tx) => listLastSequences(tx, [...known.keys()]), 'read');
    if (!tails.compare(known, new Map(rows.map(({ orgId, sequence }) => [orgId, sequence])))) return;
    log.warn('events came without being announced: the connection that listens may be lost');
    accessChanged(null);
  }
  const polling = setInterval(
    () =>
      void poll().catch((error: unknown) => {
        if (!isPassing(error)) log.error({ err: error }, 'events could not be looked for');
      }),
    pollEvery,
  ).unref();

  return {
    follow: tails.follow,
    unfollow: tails.unfollow,
    accessChanges: () => changes,
    onAccessChange: (listener) => void accessChange.subscribe(listener),
    close: async () => {
      clearInterval(polling);
      accessChange.clear();
      await Promise.all(listening.map((one) => one.unlisten()));
      tails.lookAt(null);
    },
  };
}

/** The organisation, and what is said of it: as the queries of events write it. */
function inTwo(payload: string): readonly [orgId: OrgId, rest: string] {
  const end = payload.indexOf(' ');
  return [idOf('organisation', payload.slice(0, end)), payload.slice(end + 1)];
}

/** One source serves all followers, so that one waits for a database that is away, and not each of them. */
function sourceOf({ db, log }: Pick<HubOptions, 'db' | 'log'>, orgId: OrgId, isEnded: AbortSignal): EventSource {
  const after = (sequence: number, limit: number) =>
    withOrg(db, orgId, (tx) => listEventsAfter(tx, orgId, sequence, limit), 'read');
  const newest = (limit: number) =>
    withOrg(
      db,
      orgId,
      async (tx) => {
        const last = await lastSequence(tx, orgId);
        const rows = await listEventsAfter(tx, orgId, Math.max(0, last - limit), limit);
        return { last: rows.at(-1)?.sequence ?? last, rows };
      },
      'read',
    );
  return {
    after: (sequence, limit) => keepTrying(() => after(sequence, limit), isEnded, log),
    newest: (limit) => keepTrying(() => newest(limit), isEnded, log),
  };
}
