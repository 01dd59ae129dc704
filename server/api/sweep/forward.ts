import { z } from 'zod';
import { getForwardResult } from '#server/use-cases/sweep/read-sweeps.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const forward = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id }))
  .query(({ ctx, input }) => getForwardResult(ctx, input));
