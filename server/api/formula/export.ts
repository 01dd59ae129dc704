import { z } from 'zod';
import { exportFormula } from '#server/use-cases/formula/export-formula.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const exportFile = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id }))
  .query(({ ctx, input }) => exportFormula(ctx, input));
