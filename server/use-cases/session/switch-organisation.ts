import type { OrgId } from '#core/requests/ids.ts';
import { findRole } from '#server/db/queries/organisations.ts';
import { switchSession } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

/** Goes on working in another organisation of the same person. */
export function switchOrganisation(caller: Caller<Person>, input: { readonly orgId: OrgId }): Promise<void> {
  const { principal } = caller;
  return actAcross(caller, freely('one’s own session; they belong to the other organisation'), async (unit) => {
    if ((await findRole(unit.tx, input.orgId, principal.userId)) === null)
      throw new AppError('NOT_FOUND', 'You do not belong to this organisation.');
    await switchSession(unit.tx, principal.sessionId, input.orgId);
    unit.happenedIn(input.orgId, principal, 'session.switched', principal);
  });
}
