import { z } from 'zod';
import { listSweeps } from '#server/use-cases/sweep/read-sweeps.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('org.read', 'read')
  .input(z.object({ formulaId: id.optional() }))
  .query(({ ctx, input }) => listSweeps(ctx, input));
