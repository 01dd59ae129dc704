import { deleteSession } from '#server/db/queries/sessions.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

export function signOut(caller: Caller<Person>): Promise<void> {
  const { principal } = caller;
  return actAcross(caller, freely('one’s own session'), async (unit) => {
    await deleteSession(unit.tx, principal.sessionId);
    unit.happenedIn(principal.orgId, principal, 'session.ended', principal);
  });
}
