import { z } from 'zod';
import { openCandidate as run } from '#server/use-cases/sweep/open-candidate.ts';
import { id, index } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const openCandidate = orgProcedure('backtest.run', 'heavyWrite')
  .input(z.object({ id, candidate: index }))
  .mutation(({ ctx, input }) => run(ctx, input));
