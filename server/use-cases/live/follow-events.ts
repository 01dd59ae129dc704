import { lastSequence } from '#server/db/queries/events.ts';
import { AppError } from '#server/errors.ts';
import type { LiveEvent } from '#server/live/event.ts';
import type { LiveHub } from '#server/live/hub.ts';
import { keepTrying } from '#server/live/keep-trying.ts';
import type { Tails } from '#server/live/tails.ts';
import type { Log } from '#server/observability/log.ts';
import { requirePermission } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

interface Follower extends Pick<Caller<Person>, 'db' | 'principal'> {
  readonly live: LiveHub;
  readonly tails: Tails;
  readonly log: Log;
  /** Asked again as time goes by: a session that has ended follows no longer. */
  authenticateAgain(): Promise<Person | null>;
}

/**
 * The organisation's events behind `since`, or from now on for null, until `signal` is aborted. None is left out and none comes twice:
 * each turn begins to listen before it reads, and a read that failed because the database was away is done again from the same event.
 */
export async function* followEvents(
  follower: Follower,
  since: number | null,
  signal: AbortSignal,
): AsyncGenerator<{ sequence: number; event: LiveEvent }> {
  const { principal, live, tails, log, authenticateAgain } = follower;
  requirePermission(principal, 'org.read');
  let last = since;
  let { expiresAt } = principal;
  const tail = tails.follow(principal.orgId);
  const readOn = async () => {
    const current = await authenticateAgain();
    if (current?.orgId !== principal.orgId) throw new AppError('UNAUTHENTICATED', 'The session has ended.');
    requirePermission(current, 'org.read');
    expiresAt = current.expiresAt;
    last ??= await read(follower, 'org.read', (tx) => lastSequence(tx, principal.orgId));
    return tail.after(last);
  };
  try {
    while (!signal.aborted) {
      // Before anything is read, so that neither an event nor a change of access is missed.
      const news = live.wait(principal.orgId, signal, {
        userId: principal.userId,
        ...(expiresAt ? { expiresAt } : {}),
      });
      const rows = (await keepTrying(readOn, signal, log)) ?? [];
      for (const { sequence, kind, payload } of rows) {
        last = sequence;
        const event = { kind, payload } as LiveEvent;
        if (isFor(event, principal.userId)) yield { sequence, event };
      }
      // There may be more behind what was read at once.
      if (rows.length > 0) continue;
      await news;
    }
  } finally {
    tail.end();
  }
}

/** What one person is told is nobody else's business. */
const isFor = (event: LiveEvent, userId: string): boolean =>
  event.kind !== 'notification.changed' || event.payload.userIds.includes(userId);
