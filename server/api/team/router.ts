import { z } from 'zod';
import { changeRole as change } from '#server/use-cases/team/change-role.ts';
import { getTeam } from '#server/use-cases/team/get-team.ts';
import { inviteMember } from '#server/use-cases/team/invite-member.ts';
import { leaveOrganisation } from '#server/use-cases/team/leave-organisation.ts';
import { removeMember as remove } from '#server/use-cases/team/remove-member.ts';
import { revokeInvitation as revoke } from '#server/use-cases/team/revoke-invitation.ts';
import { email, id, role } from '../fields.ts';
import { takeCookie } from '../session/cookies.ts';
import { orgProcedure, router, signedInProcedure } from '../trpc.ts';

export const teamRouter = router({
  get: orgProcedure('org.read', 'read').query(({ ctx }) => getTeam(ctx)),
  invite: orgProcedure('team.manage', 'invite')
    .input(z.object({ role, email: email.optional() }))
    .mutation(({ ctx, input }) => inviteMember(ctx, input)),
  revokeInvitation: orgProcedure('team.manage', 'write')
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => revoke(ctx, input)),
  changeRole: orgProcedure('team.manage', 'write')
    .input(z.object({ userId: id, role }))
    .mutation(({ ctx, input }) => change(ctx, input)),
  removeMember: orgProcedure('team.manage', 'write')
    .input(z.object({ userId: id }))
    .mutation(({ ctx, input }) => remove(ctx, input)),
  leave: signedInProcedure('write').mutation(async ({ ctx }) => {
    await leaveOrganisation(ctx);
    takeCookie(ctx);
  }),
});
