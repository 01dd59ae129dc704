import { z } from 'zod';
import { compact as compactDocument } from '#server/use-cases/document/manage-documents.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const compact = orgProcedure('document.manage', 'heavyWrite')
  .input(z.object({ formulaId: id }))
  .mutation(({ ctx, input }) => compactDocument(ctx, input));
