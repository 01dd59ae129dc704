import { z } from 'zod';
import type { createBranch } from '#server/use-cases/branch/create-branch.ts';
import type { listBranches } from '#server/use-cases/branch/list-branches.ts';
import type { mergeBranch } from '#server/use-cases/branch/merge-branch.ts';
import type { readPair } from '#server/use-cases/branch/read-pair.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

export const made: AnswerOf<typeof createBranch> = z.strictObject({ id: id('formula'), name: z.string() });

export const branches: AnswerOf<typeof listBranches> = z.array(
  z.strictObject({
    id: id('formula'),
    name: z.string(),
    createdBy: z.string().nullable(),
    createdAt: figure,
    updatedAt: figure,
    isArchived: z.boolean(),
    versionId: id('version'),
    versionNumber: figure,
  }),
);

const side = z.strictObject({ id: id('formula'), name: z.string(), json: z.string(), contentHash: z.string() });

export const pair: AnswerOf<typeof readPair> = z.strictObject({
  branchId: id('formula'),
  base: z.strictObject({ id: id('version'), formulaId: id('formula'), number: figure, json: z.string() }),
  into: side,
  from: side,
});

export const merged: AnswerOf<typeof mergeBranch> = z.strictObject({
  formulaId: id('formula'),
  before: id('version'),
  after: id('version'),
  number: figure,
});
