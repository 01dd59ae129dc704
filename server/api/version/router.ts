import { z } from 'zod';
import { MOST_TAGS } from '#server/policies/limits.ts';
import { createVersion } from '#server/use-cases/version/create-version.ts';
import { getVersion } from '#server/use-cases/version/get-version.ts';
import { labelVersion } from '#server/use-cases/version/label-version.ts';
import { listVersions } from '#server/use-cases/version/list-versions.ts';
import { restoreVersion } from '#server/use-cases/version/restore-version.ts';
import { takeBack } from '#server/use-cases/version/take-back.ts';
import { nothing } from '../answers.ts';
import { id, name, trimmed } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const versionRouter = router({
  list: orgProcedure('org.read', 'read')
    // By number, which no two versions of a formula share.
    .input(
      z.object({
        formulaId: id('formula'),
        limit: z.int().min(1).max(1000).default(1000),
        cursor: z.int().min(1).max(1e9).optional(),
      }),
    )
    .output(answers.versions)
    .query(({ ctx, input }) => listVersions(ctx, input)),
  get: orgProcedure('org.read', 'read')
    .input(z.object({ id: id('version') }))
    .output(answers.version)
    .query(({ ctx, input }) => getVersion(ctx, input)),
  create: orgProcedure('version.create', 'heavyWrite')
    .input(z.object({ formulaId: id('formula'), message: trimmed(500) }))
    .output(answers.taken)
    .mutation(({ ctx, input }) => createVersion(ctx, input)),
  restore: orgProcedure('formula.edit', 'heavyWrite')
    .input(z.object({ id: id('version') }))
    .output(answers.restored)
    .mutation(({ ctx, input }) => restoreVersion(ctx, input)),
  takeBack: orgProcedure('formula.edit', 'heavyWrite')
    .input(z.object({ before: id('version'), after: id('version') }))
    .output(answers.takenBack)
    .mutation(({ ctx, input }) => takeBack(ctx, input)),
  label: orgProcedure('version.create', 'write')
    .input(
      z.object({
        id: id('version'),
        name: z.union([name('the version a name'), z.literal('')]),
        tags: z.array(name('the tag a name')).max(MOST_TAGS, `Use at most ${MOST_TAGS} tags.`),
      }),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => labelVersion(ctx, input)),
});
