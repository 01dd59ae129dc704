import { z } from 'zod';
import { getBacktest } from '#server/use-cases/backtest/read-backtests.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const get = orgProcedure('org.read', 'read')
  .input(z.object({ id }))
  .query(({ ctx, input }) => getBacktest(ctx, input));
