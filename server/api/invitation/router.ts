import { z } from 'zod';
import { joinOrganisation, previewInvitation } from '#server/use-cases/team/join-organisation.ts';
import { type AnswerOf, id, role } from '../answers.ts';
import { invitationToken } from '../fields.ts';
import { publicProcedure, router, signedInProcedure } from '../trpc.ts';

const preview: AnswerOf<typeof previewInvitation> = z.strictObject({
  organisation: z.string(),
  role,
  invitedBy: z.string(),
  email: z.string().nullable(),
});

const joined: AnswerOf<typeof joinOrganisation> = z.strictObject({ orgId: id('organisation') });

export const invitationRouter = router({
  /**
   * A mutation though it changes nothing: a query's input is in the address, which proxies write down, and the token
   * lets its holder in.
   */
  preview: publicProcedure('token')
    .input(z.object({ token: invitationToken }))
    .output(preview)
    .mutation(({ ctx, input }) => previewInvitation(ctx, input)),
  accept: signedInProcedure('token')
    .input(z.object({ token: invitationToken }))
    .output(joined)
    .mutation(({ ctx, input }) => joinOrganisation(ctx, input)),
});
