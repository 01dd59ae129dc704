import { z } from 'zod';
import { MOST_COMPARED_MARKETS } from '#server/policies/limits.ts';
import { getBehaviour } from '#server/use-cases/behaviour/get-behaviour.ts';
import { startBehaviour } from '#server/use-cases/behaviour/start-behaviour.ts';
import { id, time } from '../fields.ts';
import { settings } from '../settings.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

const side = z.strictObject({ formulaId: id('formula'), versionId: id('version').optional() });

export const behaviourRouter = router({
  start: orgProcedure('backtest.run', 'compute')
    .input(
      z.object({
        before: side,
        after: side,
        marketIds: z
          .array(id('market'))
          .min(1, 'Choose a market.')
          .max(MOST_COMPARED_MARKETS, `Choose at most ${MOST_COMPARED_MARKETS} markets.`),
        from: time.optional(),
        to: time.optional(),
        settings,
      }),
    )
    .output(answers.started)
    .mutation(({ ctx, input }) => startBehaviour(ctx, input)),
  get: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ before: id('backtest'), after: id('backtest') }))
    .output(answers.behaviour)
    .query(({ ctx, input }) => getBehaviour(ctx, input)),
});
