import { z } from 'zod';
import { changeRole as change } from '#server/use-cases/team/change-role.ts';
import { leaveOrganisation, removeMember as remove } from '#server/use-cases/team/end-membership.ts';
import { getTeam } from '#server/use-cases/team/get-team.ts';
import { getUsage } from '#server/use-cases/team/get-usage.ts';
import { inviteMember, revokeInvitation as revoke } from '#server/use-cases/team/invite-member.ts';
import { nothing } from '../answers.ts';
import { email, id, role } from '../fields.ts';
import { takeCookie } from '../session/cookies.ts';
import { orgProcedure, router, signedInProcedure } from '../trpc.ts';
import * as answers from './answers.ts';

export const teamRouter = router({
  get: orgProcedure('org.read', 'read')
    .output(answers.team)
    .query(({ ctx }) => getTeam(ctx)),
  usage: orgProcedure('org.read', 'heavyRead')
    .output(answers.usage)
    .query(({ ctx }) => getUsage(ctx)),
  invite: orgProcedure('team.manage', 'invite', { verified: true })
    .input(z.object({ role, email: email.optional(), letter: z.boolean().default(false) }))
    .output(answers.invited)
    .mutation(({ ctx, input }) => inviteMember(ctx, input)),
  revokeInvitation: orgProcedure('team.manage', 'write')
    .input(z.object({ id: id('invitation') }))
    .output(nothing)
    .mutation(({ ctx, input }) => revoke(ctx, input)),
  changeRole: orgProcedure('team.manage', 'write')
    .input(z.object({ userId: id('user'), role }))
    .output(nothing)
    .mutation(({ ctx, input }) => change(ctx, input)),
  removeMember: orgProcedure('team.manage', 'write')
    .input(z.object({ userId: id('user') }))
    .output(nothing)
    .mutation(({ ctx, input }) => remove(ctx, input)),
  leave: signedInProcedure('write')
    .output(nothing)
    .mutation(async ({ ctx }) => {
      await leaveOrganisation(ctx);
      takeCookie(ctx);
    }),
});
