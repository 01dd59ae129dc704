import { listMarkets } from '#server/use-cases/market/list-markets.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('org.read', 'read').query(({ ctx }) => listMarkets(ctx));
