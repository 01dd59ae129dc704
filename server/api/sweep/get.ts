import { z } from 'zod';
import { getSweep } from '#server/use-cases/sweep/read-sweeps.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const get = orgProcedure('org.read', 'read')
  .input(z.object({ id }))
  .query(({ ctx, input }) => getSweep(ctx, input));
