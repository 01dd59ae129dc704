import { z } from 'zod';
import { renameFormula } from '#server/use-cases/formula/change-formula.ts';
import { id, name } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const rename = orgProcedure('formula.edit', 'write')
  .input(z.object({ id, name: name('the formula a name') }))
  .mutation(({ ctx, input }) => renameFormula(ctx, input));
