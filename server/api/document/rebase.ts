import { z } from 'zod';
import { rebase as rebaseDocument } from '#server/use-cases/document/manage-documents.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const rebase = orgProcedure('document.manage', 'heavyWrite')
  .input(z.object({ formulaId: id }))
  .mutation(({ ctx, input }) => rebaseDocument(ctx, input));
