import { z } from 'zod';
import { createFormula } from '#server/use-cases/formula/create-formula.ts';
import { name, text } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const create = orgProcedure('formula.edit', 'heavyWrite')
  .input(z.object({ name: name('the formula a name'), code: text(200_000, 'The code is longer than 200,000 characters.').optional() }))
  .mutation(({ ctx, input }) => createFormula(ctx, input));
