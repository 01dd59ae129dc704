import { z } from 'zod';
import type { exportHistory } from '#server/use-cases/history/export-history.ts';
import type { importHistory } from '#server/use-cases/history/import-history.ts';
import type { getHistory, listHistory } from '#server/use-cases/history/list-history.ts';
import { figure, id, texts, type AnswerOf } from '../answers.ts';

const work = z.array(
  z.strictObject({ person: z.string().nullable(), startedAt: figure, endedAt: figure, changes: figure }),
);

export const versions: AnswerOf<typeof listHistory> = z.array(
  z.strictObject({
    id: id('version'),
    number: figure,
    message: z.string(),
    name: z.string(),
    tags: texts,
    author: z.string(),
    importedBy: z.string().nullable(),
    at: figure,
    contentHash: z.string(),
    errorCount: figure,
    runs: figure,
    bots: figure,
    branches: figure,
    merge: z
      .strictObject({
        formulaId: id('formula'),
        name: z.string(),
        versionNumber: figure,
        beforeId: id('version'),
        isUndone: z.boolean(),
      })
      .nullable(),
    work,
  }),
);

export const about: AnswerOf<typeof getHistory> = z.strictObject({
  count: figure,
  newest: figure,
  authors: texts,
  tags: texts,
  work,
});

export const exported: AnswerOf<typeof exportHistory> = z.strictObject({
  name: z.string(),
  text: z.string(),
  versions: figure,
});

export const imported: AnswerOf<typeof importHistory> = z.strictObject({
  id: id('formula'),
  name: z.string(),
  versions: figure,
});
