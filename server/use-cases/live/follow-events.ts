import type { UserId } from '#core/requests/ids.ts';
import { AppError } from '#server/errors.ts';
import type { LiveEvent } from '#server/live/event.ts';
import type { Told } from '#server/live/follower.ts';
import type { LiveHub } from '#server/live/hub.ts';
import { keepTrying } from '#server/live/keep-trying.ts';
import type { Log } from '#server/observability/log.ts';
import { requirePermission } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Caller } from '../context.ts';

interface Following extends Pick<Caller<Person>, 'principal'> {
  readonly live: Pick<LiveHub, 'follow' | 'unfollow'>;
  readonly log: Log;
  /** Asked again before any event is sent: a session that has ended gets no more events. */
  authenticateAgain(): Promise<Person | null>;
}

/**
 * The organisation's events behind `since`, or from now on for null, until `signal` is aborted: each once, in order.
 * `sequence` is that of the last event so far, behind which to go on. Who has fallen so far behind that events are gone
 * is told so.
 */
export async function* followEvents(
  { principal, live, log, authenticateAgain }: Following,
  since: number | null,
  signal: AbortSignal,
): AsyncGenerator<{ sequence: number; event: LiveEvent }> {
  requirePermission(principal, 'org.read');
  const lookAgain = async (): Promise<Person> => {
    const current = await authenticateAgain();
    if (current?.orgId !== principal.orgId) throw new AppError('UNAUTHENTICATED', 'The session has ended.');
    requirePermission(current, 'org.read');
    return current;
  };
  let { expiresAt } = principal;
  const follower = live.follow(principal.orgId, principal.userId, since);
  try {
    while (!signal.aborted) {
      const news = await follower.next(signal, expiresAt);
      // Behind the read, so that nobody gets events that came after they lost the right.
      const current = await keepTrying(lookAgain, signal, log);
      if (!current) return;
      expiresAt = current.expiresAt;
      for (const told of news) {
        // Whoever reads slowly may lose the right between two events.
        if (follower.mustLook) break;
        follower.took(told);
        const event = eventOf(told);
        if (isFor(event, principal.userId)) yield { sequence: follower.last, event };
      }
    }
  } finally {
    live.unfollow(follower);
  }
}

const eventOf = (told: Told): LiveEvent =>
  told.type === 'missed' ? { kind: 'events.missed', payload: {} } : told.event;

/** What one person is told is nobody else's business. */
const isFor = (event: LiveEvent, userId: UserId): boolean =>
  event.kind !== 'notification.changed' || event.payload.userIds.includes(userId);
