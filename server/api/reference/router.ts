import { readReferencePrices } from '#server/use-cases/reference/read-prices.ts';
import { router, signedInProcedure } from '../trpc.ts';

export const referenceRouter = router({
  /** Prices that belong to nobody, for the plots of the reference. */
  prices: signedInProcedure('read').query(() => readReferencePrices()),
});
