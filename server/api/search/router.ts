import { z } from 'zod';
import { findThings, wordsOf } from '#server/use-cases/search/find-things.ts';
import { trimmed } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const searchRouter = router({
  find: orgProcedure('org.read', 'search')
    .input(z.object({ query: trimmed(100) }))
    .output(answers.things)
    .query(async ({ ctx, input }) => {
      const words = wordsOf(input.query);
      const { userId, orgId } = ctx.principal;
      // The first word is paid for by the call itself.
      if (words.length > 1)
        await ctx.limits.charge('search', { person: userId, organisation: orgId }, words.length - 1);
      return findThings(ctx, { words });
    }),
});
