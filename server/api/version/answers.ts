import { z } from 'zod';
import type { Edit } from '#core/formula/model/edit.ts';
import type { createVersion } from '#server/use-cases/version/create-version.ts';
import type { getVersion } from '#server/use-cases/version/get-version.ts';
import type { listVersions } from '#server/use-cases/version/list-versions.ts';
import type { restoreVersion } from '#server/use-cases/version/restore-version.ts';
import type { takeBack } from '#server/use-cases/version/take-back.ts';
import { figure, id, texts, type AnswerOf } from '../answers.ts';

const summary = z.strictObject({
  id: id('version'),
  formulaId: id('formula'),
  number: figure,
  message: z.string(),
  author: z.string(),
  contentHash: z.string(),
  errorCount: figure,
  createdAt: figure,
});

export const versions: AnswerOf<typeof listVersions> = z.array(summary);

export const version: AnswerOf<typeof getVersion> = summary.extend({
  code: z.string(),
  json: z.string(),
  parentId: id('version').nullable(),
});

const change = z.strictObject({ start: figure, end: figure, insert: z.string() });

const diagnostic = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  nodeId: z.string().exactOptional(),
  port: z.string().exactOptional(),
  span: z.strictObject({ start: figure, end: figure, line: figure, column: figure }).exactOptional(),
  fix: z
    .strictObject({
      title: z.string(),
      // Made by the checker of what the person wrote, and applied by the same code as edits of one's own.
      edits: z.array(z.custom<Edit>((value) => typeof value === 'object' && value !== null)).exactOptional(),
      change: change.exactOptional(),
    })
    .exactOptional(),
});

export const taken: AnswerOf<typeof createVersion> = z.strictObject({
  id: id('version'),
  number: figure,
  contentHash: z.string(),
  errors: z.array(diagnostic),
  isNew: z.boolean(),
});

export const restored: AnswerOf<typeof restoreVersion> = z.strictObject({
  formulaId: id('formula'),
  number: figure,
  before: figure,
  beforeId: id('version'),
  isChanged: z.boolean(),
});

export const takenBack: AnswerOf<typeof takeBack> = z.strictObject({
  formulaId: id('formula'),
  left: texts,
});
