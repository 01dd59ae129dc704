import { z } from 'zod';
import { archiveFormula } from '#server/use-cases/formula/change-formula.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const archive = orgProcedure('formula.edit', 'write')
  .input(z.object({ id, archived: z.boolean().default(true) }))
  .mutation(({ ctx, input }) => archiveFormula(ctx, input));
