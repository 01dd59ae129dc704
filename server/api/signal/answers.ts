import { z } from 'zod';
import type { listSignals } from '#server/use-cases/signal/list-signals.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

export const signals: AnswerOf<typeof listSignals> = z.array(
  z.strictObject({
    id: id('signal'),
    botId: id('bot'),
    botName: z.string(),
    versionId: id('version'),
    versionNumber: figure,
    symbol: z.string(),
    timeframe: z.string(),
    barTime: figure,
    nodeId: z.string(),
    ordinal: figure,
    kind: z.enum(['buy', 'sell', 'short', 'cover', 'info']),
    price: figure,
    note: z.string().nullable(),
    reason: z.string().nullable(),
    emittedAt: figure,
  }),
);
