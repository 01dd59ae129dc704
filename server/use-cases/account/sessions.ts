import { deleteOtherSessions, deleteSessionOf, listSessionsOfUser } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';
import { letterTo } from './letter-to.ts';

const OWN = freely('one’s own sessions');

/** More than anybody looks through; those that were used longest ago are left out. */
const MOST_SESSIONS = 200;

/** Where one is signed in, the one that was used last first. */
export async function listOwnSessions({ db, principal, now }: Caller<Person>) {
  const rows = await readAcross(db, OWN, (tx) => listSessionsOfUser(tx, principal.userId));
  return rows
    .filter(({ expiresAt }) => expiresAt > now)
    .toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())
    .slice(0, MOST_SESSIONS)
    .map(({ chain, userAgent, ip, createdAt, lastSeenAt, expiresAt }) => ({
      id: chain,
      device: userAgent,
      ip,
      createdAt,
      lastSeenAt,
      expiresAt,
      isCurrent: chain === principal.sessionId,
    }));
}

/** Ends a session of one’s own; its sockets end with it. */
export function endOwnSession(caller: Caller<Person>, { id }: { readonly id: string }): Promise<void> {
  const { principal } = caller;
  return actAcross(caller, OWN, async (unit) => {
    if (!(await deleteSessionOf(unit.tx, principal.userId, id)))
      throw new AppError('NOT_FOUND', 'This session has ended already. Load the page anew.');
    unit.happenedIn(principal.orgId, principal, 'session.ended', { sessionId: id, userId: principal.userId });
  });
}

/** Signs out everywhere but here. Says how many sessions ended. */
export function endOtherSessions(caller: Caller<Person>): Promise<{ ended: number }> {
  const { principal, from } = caller;
  return actAcross(caller, OWN, async (unit) => {
    const { userId, email } = principal;
    const ended = await deleteOtherSessions(unit.tx, userId, principal.sessionId);
    unit.happenedIn(principal.orgId, principal, 'account.sessions_ended', {
      userId,
      endsSessions: true,
      letters: [letterTo({ userId, email }, 'sessions-ended', { from, now: unit.now })],
    });
    return { ended: ended.length };
  });
}
