import { asSystem, withOrg } from '#server/db/database.ts';
import { lastSequence } from '#server/db/queries/events.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { permissionsOf } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

/** What the interface needs to know about who is signed in. */
export async function describeSession({ db, actor }: Caller) {
  const [organisations, lastEventId] = await Promise.all([
    asSystem(db, (tx) => listOrganisationsOfUser(tx, actor.userId)),
    withOrg(db, actor.orgId, (tx) => lastSequence(tx, actor.orgId)),
  ]);
  return {
    user: { id: actor.userId, name: actor.name, email: actor.email },
    org: { id: actor.orgId, name: actor.orgName },
    role: actor.role,
    permissions: permissionsOf(actor.role),
    /** Those that `session.switch` takes. */
    organisations,
    /** Whatever is asked for from now on knows the events up to this one: `live.events` goes on behind it. */
    lastEventId: String(lastEventId),
  };
}
