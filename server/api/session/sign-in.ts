import { z } from 'zod';
import { signIn as startSession } from '#server/use-cases/session/sign-in.ts';
import { invitationToken, password, typedEmail } from '../fields.ts';
import { publicProcedure } from '../trpc.ts';
import { giveCookies, needCookies } from './cookies.ts';
import { observeEntry } from './observe-entry.ts';

export const signIn = publicProcedure('signIn')
  .input(z.object({ email: typedEmail, password, invitation: invitationToken.optional() }))
  .mutation(async ({ ctx, input }) => {
    needCookies(ctx);
    giveCookies(ctx, await observeEntry(ctx, 'sign-in', input.email, () => startSession(ctx, input)));
  });
