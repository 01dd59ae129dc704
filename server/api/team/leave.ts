import { leaveOrganisation } from '#server/use-cases/team/leave-organisation.ts';
import { takeCookie } from '../session/cookies.ts';
import { signedInProcedure } from '../trpc.ts';

export const leave = signedInProcedure('write').mutation(async ({ ctx }) => {
  await leaveOrganisation(ctx);
  takeCookie(ctx);
});
