import { z } from 'zod';
import type { findThings } from '#server/use-cases/search/find-things.ts';
import { figure, type AnswerOf } from '../answers.ts';

const text = z.string();

export const things: AnswerOf<typeof findThings> = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('formula'), id: text, name: text, isArchived: z.boolean() }),
    z.strictObject({
      kind: z.literal('version'),
      id: text,
      number: figure,
      message: text,
      formulaId: text,
      formulaName: text,
    }),
    z.strictObject({
      kind: z.literal('backtest'),
      id: text,
      formulaName: text,
      symbol: text,
      timeframe: text,
      queuedAt: figure,
    }),
    z.strictObject({ kind: z.literal('bot'), id: text, name: text, status: text, symbol: text }),
    z.strictObject({ kind: z.literal('market'), id: text, symbol: text, name: text, timeframe: text }),
  ]),
);
