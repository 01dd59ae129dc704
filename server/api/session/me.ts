import { describeSession } from '#server/use-cases/session/describe-session.ts';
import { publicProcedure } from '../trpc.ts';

/** Who is signed in; null when nobody is. */
export const me = publicProcedure('open').query(async ({ ctx }) => {
  const actor = await ctx.authenticate();
  return actor && describeSession({ ...ctx, actor });
});
