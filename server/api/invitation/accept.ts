import { z } from 'zod';
import { joinOrganisation } from '#server/use-cases/team/join-organisation.ts';
import { invitationToken } from '../fields.ts';
import { signedInProcedure } from '../trpc.ts';

export const accept = signedInProcedure('token')
  .input(z.object({ token: invitationToken }))
  .mutation(({ ctx, input }) => joinOrganisation(ctx, input));
