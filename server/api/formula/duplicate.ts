import { z } from 'zod';
import { duplicateFormula } from '#server/use-cases/formula/create-formula.ts';
import { id, name } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const duplicate = orgProcedure('formula.edit', 'heavyWrite')
  .input(z.object({ id, name: name('the copy a name').optional() }))
  .mutation(({ ctx, input }) => duplicateFormula(ctx, input));
