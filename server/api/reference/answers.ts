import { z } from 'zod';
import type { readReferencePrices } from '#server/use-cases/reference/read-prices.ts';
import { bars, type AnswerOf } from '../answers.ts';

export const prices: AnswerOf<typeof readReferencePrices> = z.strictObject({
  ...bars,
  symbol: z.string(),
  name: z.string(),
  timeframe: z.literal('1d'),
});
