import { z } from 'zod';
import { removeMarket } from '#server/use-cases/market/remove-market.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const remove = orgProcedure('market.manage', 'write')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => removeMarket(ctx, input));
