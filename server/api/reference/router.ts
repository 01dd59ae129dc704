import { readReferencePrices } from '#server/use-cases/reference/read-prices.ts';
import { router, signedInProcedure } from '../trpc.ts';
import * as answers from './answers.ts';

export const referenceRouter = router({
  /** Prices that belong to nobody, for the plots of the reference. */
  prices: signedInProcedure('read')
    .output(answers.prices)
    .query(() => readReferencePrices()),
});
