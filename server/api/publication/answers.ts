import { z } from 'zod';
import type { listPublications, previewPublication } from '#server/use-cases/publication/read-publications.ts';
import { figure, id, texts, timeframe, type AnswerOf } from '../answers.ts';
import { judgement } from '../review/answers.ts';

export const publications: AnswerOf<typeof listPublications> = z.array(
  z.strictObject({
    id: id('publication'),
    formulaId: id('formula'),
    versionId: id('version'),
    versionNumber: figure,
    contentHash: z.string(),
    notes: z.string(),
    validation: z.enum(['approved', 'open', 'overridden']),
    approvedBy: texts,
    reason: z.string().nullable(),
    publishedBy: z.string().nullable(),
    publishedAt: figure,
    endedAt: figure.nullable(),
    endedBy: z.string().nullable(),
  }),
);

export const preview: AnswerOf<typeof previewPublication> = z.strictObject({
  formulaId: id('formula'),
  number: figure,
  errorCount: figure,
  published: z.strictObject({ versionId: id('version'), number: figure }).nullable(),
  changes: texts,
  bots: z.array(
    z.strictObject({
      id: id('bot'),
      name: z.string(),
      status: z.enum(['draft', 'running', 'paused', 'halted']),
      mode: z.enum(['paper', 'live']),
      versionId: id('version'),
      versionNumber: figure,
      upgrade: z.enum(['now', 'flat']).nullable(),
      marketId: id('market'),
      symbol: z.string(),
      timeframe,
    }),
  ),
  judgement,
  mayOverride: z.boolean(),
});
