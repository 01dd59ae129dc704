import { z } from 'zod';
import type { listThreads } from '#server/use-cases/comment/list-threads.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

const about = z.strictObject({ label: z.string(), code: z.string() });

const anchor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('formula') }),
  z.strictObject({
    kind: z.literal('node'),
    nodeId: z.string(),
    about,
  }),
  z.strictObject({
    kind: z.literal('change'),
    reviewId: id('review'),
    key: z.string(),
    nodeId: z.string().nullable(),
    about,
  }),
]);

const comment = z.strictObject({
  id: id('comment'),
  authorId: id('user').nullable(),
  body: z.string(),
  createdAt: figure,
  editedAt: figure.nullable(),
  isDeleted: z.boolean(),
});

export const threads: AnswerOf<typeof listThreads> = z.strictObject({
  threads: z.array(
    z.strictObject({
      id: id('thread'),
      anchor,
      createdAt: figure,
      updatedAt: figure,
      resolved: z.strictObject({ at: figure, by: id('user').nullable() }).nullable(),
      comments: z.array(comment),
    }),
  ),
  isCut: z.boolean(),
  names: z.record(z.string(), z.string()),
});
