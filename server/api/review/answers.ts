import { z } from 'zod';
import type { moveReview } from '#server/use-cases/review/change-review.ts';
import type { countReviews, getReview, listReviews } from '#server/use-cases/review/read-reviews.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

const named = z.strictObject({ userId: id('user'), name: z.string() });

/** Whether a version may be published. */
export const judgement = z.strictObject({
  needed: figure,
  approvedBy: z.array(id('user')).readonly(),
  notCounted: z.array(named.extend({ why: z.enum(['left', 'role', 'involved']) })).readonly(),
  against: z.array(named).readonly(),
  problem: z.string().nullable(),
});

const person = z.strictObject({ id: id('user'), name: z.string() }).nullable();

const summary = z.strictObject({
  id: id('review'),
  formulaId: id('formula'),
  formulaName: z.string(),
  title: z.string(),
  state: z.enum(['open', 'closed', 'withdrawn']),
  author: person,
  versionId: id('version'),
  versionNumber: figure,
  contentHash: z.string(),
  baseId: id('version').nullable(),
  baseNumber: figure.nullable(),
  /** Whether the draft was edited since the version was taken, be it that the edits were taken back. */
  isEditedSince: z.boolean(),
  createdAt: figure,
  updatedAt: figure,
  people: z.array(
    z.strictObject({
      userId: id('user'),
      name: z.string(),
      askedAt: figure,
      isWaiting: z.boolean(),
      verdict: z.enum(['approved', 'changes']).nullable(),
      contentHash: z.string().nullable(),
    }),
  ),
});

export const reviews: AnswerOf<typeof listReviews> = z.array(summary);

export const counts: AnswerOf<typeof countReviews> = z.strictObject({ waiting: figure });

export const review: AnswerOf<typeof getReview> = summary.extend({
  description: z.string(),
  errorCount: figure,
  judgement,
  said: z.array(
    z.strictObject({
      id: z.string(),
      author: person,
      verdict: z.enum(['approved', 'changes', 'commented']),
      note: z.string(),
      contentHash: z.string(),
      versionNumber: figure,
      at: figure,
    }),
  ),
});

export const moved: AnswerOf<typeof moveReview> = z.strictObject({ number: figure });
