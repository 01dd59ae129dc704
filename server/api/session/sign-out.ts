import { traceOf } from '#server/use-cases/audit.ts';
import { signOut as endSession } from '#server/use-cases/session/sign-out.ts';
import { signedInProcedure } from '../trpc.ts';
import { takeCookie } from './cookies.ts';

export const signOut = signedInProcedure('write').mutation(async ({ ctx }) => {
  await endSession(ctx);
  ctx.security.left({ ...traceOf(ctx.from), person: ctx.actor.userId });
  takeCookie(ctx);
});
