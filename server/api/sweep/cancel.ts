import { z } from 'zod';
import { cancelRun } from '#server/use-cases/run/cancel-run.ts';
import { SWEEP } from '#server/use-cases/run/kinds.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const cancel = orgProcedure('backtest.run', 'write')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => cancelRun(ctx, SWEEP, input));
