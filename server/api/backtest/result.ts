import { z } from 'zod';
import { getBacktestResult } from '#server/use-cases/backtest/read-backtests.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const result = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id }))
  .query(({ ctx, input }) => getBacktestResult(ctx, input));
