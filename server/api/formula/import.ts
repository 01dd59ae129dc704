import { z } from 'zod';
import { LARGEST_FILE } from '#core/formula/read-file.ts';
import { importFormula } from '#server/use-cases/formula/import-formula.ts';
import { orgProcedure } from '../trpc.ts';

export const importFile = orgProcedure('formula.edit', 'heavyWrite')
  .input(z.object({
    fileName: z.string().min(1, 'Give the file a name.').max(1000, 'The name of the file is too long.'),
    text: z.string().max(LARGEST_FILE, `The file is longer than ${LARGEST_FILE.toLocaleString('en')} characters.`),
  }))
  .mutation(({ ctx, input }) => importFormula(ctx, input));
