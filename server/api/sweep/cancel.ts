import { z } from 'zod';
import { cancelSweep } from '#server/use-cases/sweep/cancel-sweep.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const cancel = orgProcedure('backtest.run')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => cancelSweep(ctx, input));
