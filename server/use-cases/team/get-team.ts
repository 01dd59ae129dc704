import { withOrg } from '#server/db/database.ts';
import { listOpenInvitations } from '#server/db/queries/invitations.ts';
import { listMembers } from '#server/db/queries/organisations.ts';
import { can, requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

/** The members; and the open invitations, for those who manage them. */
export function getTeam({ db, actor, now }: Caller) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const members = await listMembers(tx, actor.orgId);
    const invitations = can(actor.role, 'team.manage') ? await listOpenInvitations(tx, actor.orgId, now) : [];
    return {
      members: members.map((member) => ({ ...member, joinedAt: member.joinedAt.getTime() })),
      invitations: invitations.map((invitation) => ({ ...invitation, expiresAt: invitation.expiresAt.getTime() })),
    };
  });
}
