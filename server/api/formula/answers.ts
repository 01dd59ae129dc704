import { z } from 'zod';
import type { exportFormula } from '#server/use-cases/formula/export-formula.ts';
import type { getFormula } from '#server/use-cases/formula/get-formula.ts';
import type { importFormula } from '#server/use-cases/formula/import-formula.ts';
import type { listFormulas } from '#server/use-cases/formula/list-formulas.ts';
import { figure, id, metrics, runStatus, texts, timeframe, type AnswerOf } from '../answers.ts';

const published = z.strictObject({ number: figure, at: figure }).nullable();

export const formulas: AnswerOf<typeof listFormulas> = z.array(
  z.strictObject({
    id: id('formula'),
    name: z.string(),
    createdBy: z.string().nullable(),
    tags: texts,
    updatedAt: figure,
    published,
    branchOf: z.strictObject({ id: id('formula'), name: z.string() }).nullable(),
    versionCount: figure,
    lastBacktest: z
      .strictObject({
        id: id('backtest'),
        status: runStatus,
        queuedAt: figure,
        metrics: metrics.nullable(),
        sketch: z.array(figure).readonly().nullable(),
        symbol: z.string(),
        timeframe,
      })
      .nullable(),
  }),
);

export const formula: AnswerOf<typeof getFormula> = z.strictObject({
  id: id('formula'),
  name: z.string(),
  createdBy: z.string().nullable(),
  tags: texts,
  createdAt: figure,
  updatedAt: figure,
  archivedAt: figure.nullable(),
  published,
  branchOf: z
    .strictObject({
      formulaId: id('formula'),
      name: z.string(),
      versionId: id('version'),
      versionNumber: figure,
      contentHash: z.string(),
    })
    .nullable(),
  saidOrigin: z.strictObject({ name: z.string(), version: figure, contentHash: z.string() }).nullable(),
});

export const imported: AnswerOf<typeof importFormula> = z.strictObject({
  id: id('formula'),
  name: z.string(),
  warnings: texts,
});

export const exported: AnswerOf<typeof exportFormula> = z.strictObject({
  name: z.string(),
  code: z.string(),
  json: z.string(),
  contentHash: z.string(),
});
