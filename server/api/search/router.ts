import { z } from 'zod';
import { findThings } from '#server/use-cases/search/find-things.ts';
import { trimmed } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const searchRouter = router({
  find: orgProcedure('org.read', 'read')
    .input(z.object({ query: trimmed(100) }))
    .output(answers.things)
    .query(({ ctx, input }) => findThings(ctx, input)),
});
