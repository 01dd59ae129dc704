import { z } from 'zod';
import { listMarkets } from '#server/use-cases/market/list-markets.ts';
import { readBars } from '#server/use-cases/market/read-bars.ts';
import { readGaps } from '#server/use-cases/market/read-gaps.ts';
import { removeMarket } from '#server/use-cases/market/remove-market.ts';
import { nothing } from '../answers.ts';
import { id, time } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const marketRouter = router({
  list: orgProcedure('org.read', 'read')
    .output(answers.markets)
    .query(({ ctx }) => listMarkets(ctx)),
  bars: orgProcedure('org.read', 'heavyRead')
    .input(
      z.object({
        id,
        from: time.optional(),
        to: time.optional(),
        last: z.int().min(1).max(20_000).optional(),
        maxPoints: z.int().min(1).max(20_000).default(20_000),
      }),
    )
    .output(answers.bars)
    .query(({ ctx, input }) => readBars(ctx, input)),
  gaps: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ id, from: time.optional(), to: time.optional() }))
    .output(answers.gaps)
    .query(({ ctx, input }) => readGaps(ctx, input)),
  remove: orgProcedure('market.manage', 'write')
    .input(z.object({ id }))
    .output(nothing)
    .mutation(({ ctx, input }) => removeMarket(ctx, input)),
});
