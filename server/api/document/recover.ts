import { z } from 'zod';
import { recoverDocument } from '#server/use-cases/document/recover-document.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const recover = orgProcedure('formula.edit', 'heavyWrite')
  .input(z.object({ formulaId: id, from: z.enum(['readable', 'version']) }))
  .mutation(({ ctx, input }) => recoverDocument(ctx, input));
