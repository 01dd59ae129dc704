import type { OrgId } from '#core/requests/ids.ts';
import { switchSession } from '#server/db/queries/sessions.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Anonymous, Caller } from '../context.ts';
import { acceptInvitation, findOpenInvitation } from './invitation.ts';

/** What the holder of a link is invited to. */
export function previewInvitation({ db, now }: Anonymous, input: { readonly token: string }) {
  return readAcross(db, freely('the link gives the right'), async (tx) => {
    const { invitation, organisation, invitedBy, role } = await findOpenInvitation(tx, input.token, now);
    return { organisation, role, invitedBy, email: invitation.email };
  });
}

/** Accepts an invitation as somebody who has an account, and goes on working in that organisation. */
export function joinOrganisation(caller: Caller<Person>, input: { readonly token: string }): Promise<{ orgId: OrgId }> {
  const { principal } = caller;
  return actAcross(
    caller,
    freely('the link gives the right, to an organisation that is not theirs yet'),
    async (unit) => {
      const orgId = await acceptInvitation(unit, principal, input.token);
      await switchSession(unit.tx, principal.sessionId, orgId);
      unit.happenedIn(orgId, principal, 'session.switched', principal);
      return { orgId };
    },
  );
}
