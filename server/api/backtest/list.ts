import { z } from 'zod';
import { listBacktests } from '#server/use-cases/backtest/read-backtests.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('org.read', 'read')
  .input(z.object({ formulaId: id.optional() }))
  .query(({ ctx, input }) => listBacktests(ctx, input));
