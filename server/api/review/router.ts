import { z } from 'zod';
import { REVIEWS } from '#server/policies/limits.ts';
import { askReview } from '#server/use-cases/review/ask-review.ts';
import {
  answerReview,
  describeReview,
  endReview,
  moveReview,
  requestReview,
} from '#server/use-cases/review/change-review.ts';
import { countReviews, getReview, listReviews } from '#server/use-cases/review/read-reviews.ts';
import { created, nothing } from '../answers.ts';
import { id, page, text, titled, trimmed } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

const title = titled(200, 'Give the review a title.');
const description = trimmed(20_000);
const people = z
  .array(id('user'))
  .min(1, 'Ask at least one person.')
  .max(REVIEWS.people, `Ask at most ${REVIEWS.people} people.`)
  .refine((ids) => new Set(ids).size === ids.length, 'Name each person once.');

export const reviewRouter = router({
  list: orgProcedure('org.read', 'heavyRead')
    .input(
      z
        .object({
          which: z.enum(['waiting', 'mine', 'all']).default('all'),
          state: z.enum(['open', 'done', 'any']).default('any'),
          formulaId: id('formula').optional(),
          text: trimmed(100).optional(),
          ...page(100),
        })
        .prefault({}),
    )
    .output(answers.reviews)
    .query(({ ctx, input }) => listReviews(ctx, input)),
  counts: orgProcedure('org.read', 'read')
    .output(answers.counts)
    .query(({ ctx }) => countReviews(ctx)),
  get: orgProcedure('org.read', 'read')
    .input(z.object({ id: id('review') }))
    .output(answers.review)
    .query(({ ctx, input }) => getReview(ctx, input)),
  ask: orgProcedure('review.ask', 'heavyWrite')
    .input(
      z.object({
        formulaId: id('formula'),
        title,
        description,
        people,
        versionId: id('version').optional(),
        baseId: id('version').optional(),
      }),
    )
    .output(created('review'))
    .mutation(({ ctx, input }) => askReview(ctx, input)),
  request: orgProcedure('review.ask', 'write')
    .input(z.object({ id: id('review'), people }))
    .output(nothing)
    .mutation(({ ctx, input }) => requestReview(ctx, input)),
  answer: orgProcedure('review.answer', 'write')
    .input(
      z.object({
        id: id('review'),
        verdict: z.enum(['approved', 'changes', 'commented']),
        contentHash: text(200),
        note: trimmed(10_000),
      }),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => answerReview(ctx, input)),
  move: orgProcedure('review.ask', 'heavyWrite')
    .input(z.object({ id: id('review') }))
    .output(answers.moved)
    .mutation(({ ctx, input }) => moveReview(ctx, input)),
  describe: orgProcedure('review.ask', 'write')
    .input(z.object({ id: id('review'), title, description }))
    .output(nothing)
    .mutation(({ ctx, input }) => describeReview(ctx, input)),
  end: orgProcedure('review.ask', 'write')
    .input(z.object({ id: id('review'), state: z.enum(['open', 'closed', 'withdrawn']) }))
    .output(nothing)
    .mutation(({ ctx, input }) => endReview(ctx, input)),
});
