import { z } from 'zod';
import { openCandidate as run } from '#server/use-cases/sweep/open-candidate.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const openCandidate = orgProcedure('backtest.run', 'heavyWrite')
  .input(z.object({ id, candidate: z.int().min(0) }))
  .mutation(({ ctx, input }) => run(ctx, input));
