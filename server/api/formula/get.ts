import { z } from 'zod';
import { getFormula } from '#server/use-cases/formula/get-formula.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const get = orgProcedure('org.read', 'read')
  .input(z.object({ id }))
  .query(({ ctx, input }) => getFormula(ctx, input));
