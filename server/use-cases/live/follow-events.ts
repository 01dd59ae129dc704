import type { Actor } from '#server/auth/actor.ts';
import { withOrg } from '#server/db/database.ts';
import { lastSequence, listEventsAfter } from '#server/db/queries/events.ts';
import { AppError } from '#server/errors.ts';
import type { LiveEvent } from '#server/live/event.ts';
import type { LiveHub } from '#server/live/hub.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

interface Follower extends Pick<Caller, 'db' | 'actor'> {
  readonly live: LiveHub;
  /** Asked again as time goes by: a session that has ended follows no longer. */
  authenticateAgain(): Promise<Actor | null>;
}

const AT_ONCE = 500;

/**
 * The organisation's events behind `since`, or from now on for null, until `signal` is aborted. None is left out and none comes twice:
 * each turn begins to listen before it reads.
 */
export async function* followEvents({ db, actor, live, authenticateAgain }: Follower, since: number | null, signal: AbortSignal): AsyncGenerator<{ sequence: number; event: LiveEvent }> {
  requirePermission(actor, 'org.read');
  let last = since ?? (await withOrg(db, actor.orgId, (tx) => lastSequence(tx, actor.orgId)));
  let { expiresAt } = actor;
  while (!signal.aborted) {
    const news = live.wait(actor.orgId, signal, { userId: actor.userId, ...(expiresAt ? { expiresAt } : {}) });
    // After the wait has begun, so that no change of access is missed.
    const current = await authenticateAgain();
    if (current?.orgId !== actor.orgId) throw new AppError('UNAUTHENTICATED', 'The session has ended.');
    requirePermission(current, 'org.read');
    expiresAt = current.expiresAt;
    const rows = await withOrg(db, actor.orgId, (tx) => listEventsAfter(tx, actor.orgId, last, AT_ONCE));
    for (const { sequence, kind, payload } of rows) {
      last = sequence;
      const event = { kind, payload } as LiveEvent;
      if (isFor(event, actor.userId)) yield { sequence, event };
    }
    if (rows.length === AT_ONCE) continue;
    await news;
  }
}

/** What one person is told is nobody else's business. */
const isFor = (event: LiveEvent, userId: string): boolean => event.kind !== 'notification.changed' || event.payload.userIds.includes(userId);
