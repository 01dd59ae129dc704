import { asSystem } from '#server/db/database.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { permissionsOf } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

/** What the interface needs to know about who is signed in. */
export async function describeSession({ db, actor }: Caller) {
  const organisations = await asSystem(db, (tx) => listOrganisationsOfUser(tx, actor.userId));
  return {
    user: { id: actor.userId, name: actor.name, email: actor.email },
    org: { id: actor.orgId, name: actor.orgName },
    role: actor.role,
    permissions: permissionsOf(actor.role),
    /** Those that `session.switch` takes. */
    organisations,
  };
}
