import { listOpenInvitations } from '#server/db/queries/invitations.ts';
import { listMembers } from '#server/db/queries/organisations.ts';
import { can } from '#server/policies/can.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

/** The members; and the open invitations, for those who manage them. */
export function getTeam(caller: Caller) {
  const {
    principal: { orgId },
    now,
  } = caller;
  return read(caller, 'org.read', async (tx) => {
    const members = await listMembers(tx, orgId);
    const invitations = can(caller.principal, 'team.manage') ? await listOpenInvitations(tx, orgId, now) : [];
    return {
      members: members.map((member) => ({ ...member, joinedAt: member.joinedAt.getTime() })),
      invitations: invitations.map((invitation) => ({ ...invitation, expiresAt: invitation.expiresAt.getTime() })),
    };
  });
}
