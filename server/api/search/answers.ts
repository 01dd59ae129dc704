import { z } from 'zod';
import type { findThings } from '#server/use-cases/search/find-things.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

const text = z.string();

export const things: AnswerOf<typeof findThings> = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('formula'), id: id('formula'), name: text, isArchived: z.boolean() }),
    z.strictObject({
      kind: z.literal('version'),
      id: id('version'),
      number: figure,
      message: text,
      formulaId: id('formula'),
      formulaName: text,
    }),
    z.strictObject({
      kind: z.literal('backtest'),
      id: id('backtest'),
      formulaName: text,
      symbol: text,
      timeframe: text,
      queuedAt: figure,
    }),
    z.strictObject({ kind: z.literal('bot'), id: id('bot'), name: text, status: text, symbol: text }),
    z.strictObject({ kind: z.literal('market'), id: id('market'), symbol: text, name: text, timeframe: text }),
  ]),
);
