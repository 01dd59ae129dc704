import type { OrgId } from '#core/requests/ids.ts';
import { switchSession } from '#server/db/queries/sessions.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';
import { foundOrganisation } from './found-organisation.ts';

/** Makes another organisation of a person who has an account, and goes on working in it. */
export function createOrganisation(
  caller: Caller<Person>,
  { name }: { readonly name: string },
): Promise<{ orgId: OrgId }> {
  const { principal } = caller;
  return actAcross(caller, freely('everybody may found organisations, as many as a person may own'), async (unit) => {
    const orgId = await foundOrganisation(unit, principal.userId, name);
    await switchSession(unit.tx, principal.sessionId, orgId);
    unit.happenedIn(orgId, principal, 'session.switched', principal);
    return { orgId };
  });
}
