import { readReferencePrices } from '#server/use-cases/reference/read-prices.ts';
import { signedInProcedure } from '../trpc.ts';

/** Prices that belong to nobody, for the plots of the reference. */
export const prices = signedInProcedure('read').query(() => readReferencePrices());
