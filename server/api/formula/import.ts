import { z } from 'zod';
import { LARGEST_FILE } from '#core/formula/read-file.ts';
import { importFormula } from '#server/use-cases/formula/import-formula.ts';
import { text } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const importFile = orgProcedure('formula.edit', 'heavyWrite')
  .input(z.object({
    fileName: text(1000, 'The name of the file is too long.').min(1, 'Give the file a name.'),
    text: text(LARGEST_FILE, `The file is longer than ${LARGEST_FILE.toLocaleString('en')} characters.`),
  }))
  .mutation(({ ctx, input }) => importFormula(ctx, input));
