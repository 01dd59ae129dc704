import { z } from 'zod';
import { getBacktestCurve } from '#server/use-cases/backtest/read-backtests.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const curve = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id, from: z.int(), to: z.int() }))
  .query(({ ctx, input }) => getBacktestCurve(ctx, input));
