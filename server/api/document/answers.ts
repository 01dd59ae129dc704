import { z } from 'zod';
import type { listDocuments, rebase } from '#server/use-cases/document/manage-documents.ts';
import type { findDamage } from '#server/use-cases/document/recover-document.ts';
import { figure, id, texts, type AnswerOf } from '../answers.ts';

export const documents: AnswerOf<typeof listDocuments> = z.array(
  z.strictObject({
    formulaId: id('formula'),
    name: z.string(),
    isArchived: z.boolean(),
    epoch: figure,
    clients: figure,
    dead: figure,
    bytes: figure,
    updates: figure,
    people: figure,
    servers: texts,
    compactedAt: figure.nullable(),
  }),
);

export const begunAnew: AnswerOf<typeof rebase> = z.strictObject({ epoch: figure });

export const damage: AnswerOf<typeof findDamage> = z
  .strictObject({
    changes: z.strictObject({ readable: figure, all: figure }),
    nodes: figure.nullable(),
    version: z
      .strictObject({
        id: id('version'),
        number: figure.nullable(),
        message: z.string(),
        author: z.string(),
        createdAt: figure,
      })
      .nullable(),
  })
  .nullable();
