import { z } from 'zod';
import { getBacktestCurve } from '#server/use-cases/backtest/read-backtests.ts';
import { id, time } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const curve = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id, from: time, to: time }))
  .query(({ ctx, input }) => getBacktestCurve(ctx, input));
