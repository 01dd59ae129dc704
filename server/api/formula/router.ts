import { z } from 'zod';
import { LARGEST_FILE } from '#core/formula/check/read-file.ts';
import { MOST_TAGS } from '#server/policies/limits.ts';
import { traceOf } from '#server/use-cases/context.ts';
import { archiveFormula, renameFormula, tagFormula } from '#server/use-cases/formula/change-formula.ts';
import { createFormula, duplicateFormula } from '#server/use-cases/formula/create-formula.ts';
import { exportFormula } from '#server/use-cases/formula/export-formula.ts';
import { importFormula } from '#server/use-cases/formula/import-formula.ts';
import { getFormula, listFormulas } from '#server/use-cases/formula/read-formulas.ts';
import { created, nothing } from '../answers.ts';
import { id, name, page, text } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const formulaRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object({ archived: z.boolean().default(false), ...page(2000) }).prefault({}))
    .output(answers.formulas)
    .query(({ ctx, input }) => listFormulas(ctx, input)),
  get: orgProcedure('org.read', 'read')
    .input(z.object({ id: id('formula') }))
    .output(answers.formula)
    .query(({ ctx, input }) => getFormula(ctx, input)),
  create: orgProcedure('formula.edit', 'heavyWrite')
    .input(
      z.object({
        name: name('the strategy a name'),
        code: text(200_000, 'The code is longer than 200,000 characters.').optional(),
      }),
    )
    .output(created('formula'))
    .mutation(({ ctx, input }) => createFormula(ctx, input)),
  import: orgProcedure('formula.edit', 'heavyWrite')
    .input(
      z.object({
        fileName: text(1000, 'The name of the file is too long.').min(1, 'Give the file a name.'),
        text: text(LARGEST_FILE, `The file is longer than ${LARGEST_FILE.toLocaleString('en')} characters.`),
      }),
    )
    .output(answers.imported)
    .mutation(({ ctx, input }) => importFormula(ctx, input)),
  export: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ id: id('formula') }))
    .output(answers.exported)
    .query(async ({ ctx, input }) => {
      const file = await exportFormula(ctx, input);
      ctx.security.downloaded('formula', { ...traceOf(ctx.from), person: ctx.principal.userId });
      return file;
    }),
  duplicate: orgProcedure('formula.edit', 'heavyWrite')
    .input(z.object({ id: id('formula'), name: name('the copy a name').optional() }))
    .output(created('formula'))
    .mutation(({ ctx, input }) => duplicateFormula(ctx, input)),
  rename: orgProcedure('formula.edit', 'write')
    .input(z.object({ id: id('formula'), name: name('the formula a name') }))
    .output(nothing)
    .mutation(({ ctx, input }) => renameFormula(ctx, input)),
  tag: orgProcedure('formula.edit', 'write')
    .input(
      z.object({
        id: id('formula'),
        tags: z.array(name('the tag a name')).max(MOST_TAGS, `Use at most ${MOST_TAGS} tags.`),
      }),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => tagFormula(ctx, input)),
  archive: orgProcedure('formula.edit', 'write')
    .input(z.object({ id: id('formula'), archived: z.boolean().default(true) }))
    .output(nothing)
    .mutation(({ ctx, input }) => archiveFormula(ctx, input)),
});
