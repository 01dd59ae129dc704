import { z } from 'zod';
import { openCandidate as run } from '#server/use-cases/sweep/open-candidate.ts';
import { id } from '../fields.ts';
import { inputs } from '../settings.ts';
import { orgProcedure } from '../trpc.ts';

export const openCandidate = orgProcedure('backtest.run', 'heavyWrite')
  .input(z.object({ id, inputs }))
  .mutation(({ ctx, input }) => run(ctx, input));
