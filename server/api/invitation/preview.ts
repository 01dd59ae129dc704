import { z } from 'zod';
import { previewInvitation } from '#server/use-cases/team/preview-invitation.ts';
import { invitationToken } from '../fields.ts';
import { publicProcedure } from '../trpc.ts';

/** A mutation though it changes nothing: a query's input is in the address, which proxies write down, and the token lets its holder in. */
export const preview = publicProcedure('token')
  .input(z.object({ token: invitationToken }))
  .mutation(({ ctx, input }) => previewInvitation(ctx, input));
