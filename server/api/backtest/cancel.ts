import { z } from 'zod';
import { cancelBacktest } from '#server/use-cases/backtest/cancel-backtest.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const cancel = orgProcedure('backtest.run')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => cancelBacktest(ctx, input));
