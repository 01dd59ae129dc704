import { z } from 'zod';
import { INSTRUMENT_EXTRAS, INSTRUMENT_KINDS, LARGEST_STEP } from '#core/market/instrument.ts';
import { describeInstrument } from '#server/use-cases/market/describe-instrument.ts';
import { listMarkets, removeMarket } from '#server/use-cases/market/manage-markets.ts';
import { readBars } from '#server/use-cases/market/read-bars.ts';
import { readGaps } from '#server/use-cases/market/read-gaps.ts';
import { removeBars } from '#server/use-cases/market/remove-bars.ts';
import { nothing } from '../answers.ts';
import { id, name, text, time } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

const step = z.number().positive().max(LARGEST_STEP);
const clock = text(5).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use a time such as 09:30.');

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

export const marketRouter = router({
  list: orgProcedure('org.read', 'read')
    .output(answers.markets)
    .query(({ ctx }) => listMarkets(ctx)),
  bars: orgProcedure('org.read', 'heavyRead')
    .input(
      z.object({
        id: id('market'),
        from: time.optional(),
        to: time.optional(),
        last: z.int().min(1).max(20_000).optional(),
        maxPoints: z.int().min(1).max(20_000).default(20_000),
      }),
    )
    .output(answers.bars)
    .query(({ ctx, input }) => readBars(ctx, input)),
  gaps: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ id: id('market'), from: time.optional(), to: time.optional() }))
    .output(answers.gaps)
    .query(({ ctx, input }) => readGaps(ctx, input)),
  describe: orgProcedure('market.manage', 'write')
    .input(
      z.object({
        marketId: id('market'),
        name: name('the market a name').optional(),
        kind: z.enum(INSTRUMENT_KINDS).optional(),
        venue: text(100).optional(),
        tick: step.optional(),
        lot: step.optional(),
        timeZone: text(64).refine(isTimeZone, 'Use a name such as Europe/Zurich.').optional(),
        session: z
          .object({ opens: clock, closes: clock, days: z.array(z.int().min(1).max(7)).min(1).max(7) })
          .optional(),
        forgets: z.array(z.enum(INSTRUMENT_EXTRAS)).max(INSTRUMENT_EXTRAS.length).optional(),
      }),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => describeInstrument(ctx, input)),
  removeBars: orgProcedure('market.manage', 'import')
    .input(z.object({ id: id('market'), from: time, to: time, seen: text(100).optional() }))
    .output(answers.removed)
    .mutation(({ ctx, input }) => removeBars(ctx, input)),
  remove: orgProcedure('market.manage', 'write')
    .input(z.object({ id: id('market') }))
    .output(nothing)
    .mutation(({ ctx, input }) => removeMarket(ctx, input)),
});
