import { z } from 'zod';
import { MOST_CHANGES_MERGED } from '#server/policies/limits.ts';
import { createBranch } from '#server/use-cases/branch/create-branch.ts';
import { listBranches } from '#server/use-cases/branch/list-branches.ts';
import { mergeBranch } from '#server/use-cases/branch/merge-branch.ts';
import { readPair } from '#server/use-cases/branch/read-pair.ts';
import { id, name, page, text, trimmed } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

const keys = z
  .array(text(24))
  .max(MOST_CHANGES_MERGED, `Take at most ${MOST_CHANGES_MERGED.toLocaleString('en')} changes at once.`);

export const branchRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object({ formulaId: id('formula'), ...page(200) }))
    .output(answers.branches)
    .query(({ ctx, input }) => listBranches(ctx, input)),
  create: orgProcedure('formula.edit', 'heavyWrite')
    .input(z.object({ versionId: id('version'), name: name('the branch a name') }))
    .output(answers.made)
    .mutation(({ ctx, input }) => createBranch(ctx, input)),
  pair: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ into: id('formula'), from: id('formula') }))
    .output(answers.pair)
    .query(({ ctx, input }) => readPair(ctx, input)),
  merge: orgProcedure('formula.edit', 'heavyWrite')
    .input(
      z.object({
        into: id('formula'),
        from: id('formula'),
        base: id('version'),
        theirs: text(100),
        chosen: keys,
        undone: keys,
        isSettled: z.boolean().default(false),
        message: trimmed(500).default(''),
      }),
    )
    .output(answers.merged)
    .mutation(({ ctx, input }) => mergeBranch(ctx, input)),
});
