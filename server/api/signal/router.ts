import { z } from 'zod';
import { listSignals } from '#server/use-cases/signal/list-signals.ts';
import { id, page } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const signalRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object({ botId: id('bot').optional(), ...page(500) }))
    .output(answers.signals)
    .query(({ ctx, input }) => listSignals(ctx, input)),
});
