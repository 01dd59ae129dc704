import { z } from 'zod';
import { signIn as startSession } from '#server/use-cases/session/sign-in.ts';
import { invitationToken, password, typedEmail } from '../fields.ts';
import { publicProcedure } from '../trpc.ts';
import { giveCookie } from './give-cookie.ts';

export const signIn = publicProcedure('signIn')
  .input(z.object({ email: typedEmail, password, invitation: invitationToken.optional() }))
  .mutation(async ({ ctx, input }) => {
    const { token } = await startSession(ctx, input);
    giveCookie(ctx, token);
  });
