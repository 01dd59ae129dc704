import { z } from 'zod';
import { signIn as startSession } from '#server/use-cases/session/sign-in.ts';
import { invitationToken, password } from '../fields.ts';
import { publicProcedure } from '../trpc.ts';
import { giveCookie } from './give-cookie.ts';

export const signIn = publicProcedure('signIn')
  .input(z.object({ email: z.string().trim().max(254), password, invitation: invitationToken.optional() }))
  .mutation(async ({ ctx, input }) => {
    const { token } = await startSession(ctx, input);
    giveCookie(ctx, token);
  });
