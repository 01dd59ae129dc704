import { lastSequence } from '#server/db/queries/events.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { permissionsOf } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { read, readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

/** What the interface needs to know about who is signed in. */
export async function describeSession(caller: Caller<Person>) {
  const { db, principal } = caller;
  const [organisations, lastEventId] = await Promise.all([
    readAcross(db, freely('one’s own organisations'), (tx) => listOrganisationsOfUser(tx, principal.userId)),
    read(caller, 'org.read', (tx) => lastSequence(tx, principal.orgId)),
  ]);
  return {
    user: { id: principal.userId, name: principal.name, email: principal.email },
    org: { id: principal.orgId, name: principal.orgName },
    role: principal.role,
    permissions: permissionsOf(principal.role),
    /** Those that `session.switch` takes. */
    organisations,
    /** Whatever is asked for from now on knows the events up to this one: `live.events` goes on behind it. */
    lastEventId: String(lastEventId),
  };
}
