import { z } from 'zod';
import { inviteMember } from '#server/use-cases/team/invite-member.ts';
import { email, role } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const invite = orgProcedure('team.manage', 'invite')
  .input(z.object({ role, email: email.optional() }))
  .mutation(({ ctx, input }) => inviteMember(ctx, input));
