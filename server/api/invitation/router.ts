import { z } from 'zod';
import { joinOrganisation } from '#server/use-cases/team/join-organisation.ts';
import { previewInvitation } from '#server/use-cases/team/preview-invitation.ts';
import { invitationToken } from '../fields.ts';
import { publicProcedure, router, signedInProcedure } from '../trpc.ts';
import * as answers from './answers.ts';

export const invitationRouter = router({
  /**
   * A mutation though it changes nothing: a query's input is in the address, which proxies write down, and the token
   * lets its holder in.
   */
  preview: publicProcedure('token')
    .input(z.object({ token: invitationToken }))
    .output(answers.preview)
    .mutation(({ ctx, input }) => previewInvitation(ctx, input)),
  accept: signedInProcedure('token')
    .input(z.object({ token: invitationToken }))
    .output(answers.joined)
    .mutation(({ ctx, input }) => joinOrganisation(ctx, input)),
});
