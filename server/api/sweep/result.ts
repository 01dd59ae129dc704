import { z } from 'zod';
import { getSweepResult } from '#server/use-cases/sweep/read-sweeps.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const result = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id }))
  .query(({ ctx, input }) => getSweepResult(ctx, input));
