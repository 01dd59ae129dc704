import { z } from 'zod';
import { REVIEWS } from '#server/policies/limits.ts';
import { unpublish, upgradeBot } from '#server/use-cases/publication/end-publication.ts';
import { publishVersion } from '#server/use-cases/publication/publish-version.ts';
import { listPublications, previewPublication } from '#server/use-cases/publication/read-publications.ts';
import { nothing } from '../answers.ts';
import { id, page, trimmed } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

const choice = z.strictObject({ id: id('bot'), choice: z.enum(['stay', 'now', 'flat']) });

export const publicationRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object({ formulaId: id('formula'), ...page(100) }))
    .output(answers.publications)
    .query(({ ctx, input }) => listPublications(ctx, input)),
  preview: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ versionId: id('version') }))
    .output(answers.preview)
    .query(({ ctx, input }) => previewPublication(ctx, input)),
  publish: orgProcedure('version.publish', 'heavyWrite')
    .input(
      z.object({
        versionId: id('version'),
        notes: trimmed(5_000),
        bots: z.array(choice).max(REVIEWS.bots).default([]),
        reason: trimmed(2_000).optional(),
      }),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => publishVersion(ctx, input)),
  end: orgProcedure('version.publish', 'write')
    .input(z.object({ formulaId: id('formula') }))
    .output(nothing)
    .mutation(({ ctx, input }) => unpublish(ctx, input)),
  upgradeBot: orgProcedure('bot.manage', 'heavyWrite')
    .input(choice)
    .output(nothing)
    .mutation(({ ctx, input }) => upgradeBot(ctx, input)),
});
