import { z } from 'zod';
import { listSignals } from '#server/use-cases/signal/list-signals.ts';
import { id, time } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const signalRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object({ botId: id.optional(), before: time.optional(), limit: z.int().min(1).max(500).default(100) }))
    .output(answers.signals)
    .query(({ ctx, input }) => listSignals(ctx, input)),
});
