import { z } from 'zod';
import {
  compact as compactDocument,
  listDocuments,
  rebase as rebaseDocument,
} from '#server/use-cases/document/manage-documents.ts';
import { findDamage, recoverDocument } from '#server/use-cases/document/recover-document.ts';
import { nothing } from '../answers.ts';
import { id } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const documentRouter = router({
  list: orgProcedure('document.manage', 'read')
    .output(answers.documents)
    .query(({ ctx }) => listDocuments(ctx)),
  compact: orgProcedure('document.manage', 'heavyWrite')
    .input(z.object({ formulaId: id('formula') }))
    .output(nothing)
    .mutation(({ ctx, input }) => compactDocument(ctx, input)),
  rebase: orgProcedure('document.manage', 'heavyWrite')
    .input(z.object({ formulaId: id('formula') }))
    .output(answers.begunAnew)
    .mutation(({ ctx, input }) => rebaseDocument(ctx, input)),
  damage: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ formulaId: id('formula') }))
    .output(answers.damage)
    .query(({ ctx, input }) => findDamage(ctx, input)),
  recover: orgProcedure('formula.edit', 'heavyWrite')
    .input(z.object({ formulaId: id('formula'), from: z.enum(['readable', 'version']) }))
    .output(answers.begunAnew)
    .mutation(({ ctx, input }) => recoverDocument(ctx, input)),
});
