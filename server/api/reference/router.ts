import { z } from 'zod';
import { readReferencePrices } from '#server/use-cases/reference/read-prices.ts';
import { type AnswerOf, bars } from '../answers.ts';
import { router, signedInProcedure } from '../trpc.ts';

const prices: AnswerOf<typeof readReferencePrices> = z.strictObject({
  ...bars,
  symbol: z.string(),
  name: z.string(),
  timeframe: z.literal('1d'),
});

export const referenceRouter = router({
  /** Prices that belong to nobody, for the plots of the reference. */
  prices: signedInProcedure('read')
    .output(prices)
    .query(() => readReferencePrices()),
});
