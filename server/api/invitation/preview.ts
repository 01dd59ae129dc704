import { z } from 'zod';
import { previewInvitation } from '#server/use-cases/team/preview-invitation.ts';
import { invitationToken } from '../fields.ts';
import { publicProcedure } from '../trpc.ts';

export const preview = publicProcedure('token')
  .input(z.object({ token: invitationToken }))
  .query(({ ctx, input }) => previewInvitation(ctx, input));
