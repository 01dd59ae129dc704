import { signOut as endSession } from '#server/use-cases/session/sign-out.ts';
import { signedInProcedure } from '../trpc.ts';
import { takeCookie } from './cookies.ts';

export const signOut = signedInProcedure.mutation(async ({ ctx }) => {
  await endSession(ctx);
  takeCookie(ctx);
});
