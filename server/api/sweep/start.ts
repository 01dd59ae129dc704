import { z } from 'zod';
import { startSweep } from '#server/use-cases/sweep/start-sweep.ts';
import { id } from '../fields.ts';
import { axes, search, settings, windows } from '../settings.ts';
import { orgProcedure } from '../trpc.ts';

export const start = orgProcedure('backtest.run', 'compute')
  .input(z.object({ formulaId: id, marketId: id, from: z.int().optional(), to: z.int().optional(), settings, axes, search, windows: windows.optional(), rankedBy: z.string().max(50) }))
  .mutation(({ ctx, input }) => startSweep(ctx, input));
