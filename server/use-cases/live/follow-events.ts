import type { Actor } from '#server/auth/actor.ts';
import { withOrg } from '#server/db/database.ts';
import { lastSequence } from '#server/db/queries/events.ts';
import { AppError } from '#server/errors.ts';
import type { LiveEvent } from '#server/live/event.ts';
import type { LiveHub } from '#server/live/hub.ts';
import type { Tails } from '#server/live/tails.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

interface Follower extends Pick<Caller, 'db' | 'actor'> {
  readonly live: LiveHub;
  readonly tails: Tails;
  /** Asked again as time goes by: a session that has ended follows no longer. */
  authenticateAgain(): Promise<Actor | null>;
}

/**
 * The organisation's events behind `since`, or from now on for null, until `signal` is aborted. None is left out and none comes twice:
 * each turn begins to listen before it reads.
 */
export async function* followEvents(
  { db, actor, live, tails, authenticateAgain }: Follower,
  since: number | null,
  signal: AbortSignal,
): AsyncGenerator<{ sequence: number; event: LiveEvent }> {
  requirePermission(actor, 'org.read');
  let last = since ?? (await withOrg(db, actor.orgId, (tx) => lastSequence(tx, actor.orgId)));
  let { expiresAt } = actor;
  const tail = tails.follow(actor.orgId);
  try {
    while (!signal.aborted) {
      const news = live.wait(actor.orgId, signal, { userId: actor.userId, ...(expiresAt ? { expiresAt } : {}) });
      // After the wait has begun, so that no change of access is missed.
      const current = await authenticateAgain();
      if (current?.orgId !== actor.orgId) throw new AppError('UNAUTHENTICATED', 'The session has ended.');
      requirePermission(current, 'org.read');
      expiresAt = current.expiresAt;
      const rows = await tail.after(last);
      for (const { sequence, kind, payload } of rows) {
        last = sequence;
        const event = { kind, payload } as LiveEvent;
        if (isFor(event, actor.userId)) yield { sequence, event };
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
