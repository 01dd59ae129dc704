import { z } from 'zod';
import { listSignals } from '#server/use-cases/signal/list-signals.ts';
import { id, time } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';

/** Of the last signal of the page before, as the signal says. */
const place = z.object({ emittedAt: time, barTime: time, ordinal: z.int32().min(0), id });

export const signalRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object({ botId: id.optional(), before: place.optional(), limit: z.int().min(1).max(500).default(100) }))
    .query(({ ctx, input }) => listSignals(ctx, input)),
});
