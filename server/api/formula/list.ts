import { z } from 'zod';
import { listFormulas } from '#server/use-cases/formula/list-formulas.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('org.read', 'read')
  .input(z.object({ archived: z.boolean() }).default({ archived: false }))
  .query(({ ctx, input }) => listFormulas(ctx, input));
