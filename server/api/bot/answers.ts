import { z } from 'zod';
import type { getBot, listBots } from '#server/use-cases/bot/manage-bots.ts';
import { figure, id, timeframe, type AnswerOf } from '../answers.ts';

const summary = z.strictObject({
  id: id('bot'),
  name: z.string(),
  formulaId: id('formula'),
  formulaName: z.string(),
  versionId: id('version'),
  versionNumber: figure,
  upgrade: z.enum(['now', 'flat']).nullable(),
  nextVersionNumber: figure.nullable(),
  publishedNumber: figure.nullable(),
  marketId: id('market'),
  symbol: z.string(),
  timeframe,
  mode: z.enum(['paper', 'live']),
  status: z.enum(['draft', 'running', 'paused', 'halted']),
  failure: z.string().nullable(),
  notice: z.string().nullable(),
  isFrozen: z.boolean(),
  isWaiting: z.boolean(),
  createdAt: figure,
  signalCount: figure,
  lastSignalAt: figure.nullable(),
});

export const bot: AnswerOf<typeof getBot> = summary;

export const bots: AnswerOf<typeof listBots> = z.array(summary);
