import { z } from 'zod';
import { startBacktest } from '#server/use-cases/backtest/start-backtest.ts';
import { id, time } from '../fields.ts';
import { inputs, settings } from '../settings.ts';
import { orgProcedure } from '../trpc.ts';

export const start = orgProcedure('backtest.run', 'compute')
  .input(z.object({ formulaId: id, marketId: id, from: time.optional(), to: time.optional(), settings, inputs: inputs.optional() }))
  .mutation(({ ctx, input }) => startBacktest(ctx, input));
