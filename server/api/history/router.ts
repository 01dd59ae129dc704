import { z } from 'zod';
import { LONGEST_HISTORY } from '#core/history/history-file.ts';
import { traceOf } from '#server/use-cases/context.ts';
import { exportHistory } from '#server/use-cases/history/export-history.ts';
import { importHistory } from '#server/use-cases/history/import-history.ts';
import { getHistory, listHistory } from '#server/use-cases/history/list-history.ts';
import { id, text, trimmed } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const historyRouter = router({
  list: orgProcedure('org.read', 'search')
    // By number, which no two versions of a formula share.
    .input(
      z.object({
        formulaId: id('formula'),
        limit: z.int().min(1).max(200).default(100),
        cursor: z.int().min(1).max(1e9).optional(),
        text: trimmed(200).optional(),
        author: text(100).optional(),
        tag: text(100).optional(),
        having: z.enum(['bots', 'runs']).optional(),
      }),
    )
    .output(answers.versions)
    .query(({ ctx, input }) => listHistory(ctx, input)),
  about: orgProcedure('org.read', 'read')
    .input(z.object({ formulaId: id('formula') }))
    .output(answers.about)
    .query(({ ctx, input }) => getHistory(ctx, input)),
  export: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ formulaId: id('formula') }))
    .output(answers.exported)
    .query(async ({ ctx, input }) => {
      const file = await exportHistory(ctx, input);
      ctx.security.downloaded('formula', { ...traceOf(ctx.from), person: ctx.principal.userId });
      return file;
    }),
  import: orgProcedure('formula.edit', 'heavyWrite')
    .input(
      z.object({
        text: text(LONGEST_HISTORY, `The file is longer than ${LONGEST_HISTORY.toLocaleString('en')} characters.`),
      }),
    )
    .output(answers.imported)
    .mutation(({ ctx, input }) => importHistory(ctx, input)),
});
