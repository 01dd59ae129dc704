import { z } from 'zod';
import { cancelRun } from '#server/use-cases/run/cancel-run.ts';
import { SWEEP } from '#server/use-cases/run/kinds.ts';
import { openCandidate as run } from '#server/use-cases/sweep/open-candidate.ts';
import { getForwardResult, getSweep, getSweepResult, listSweeps } from '#server/use-cases/sweep/read-sweeps.ts';
import { startSweep } from '#server/use-cases/sweep/start-sweep.ts';
import { sweepAgain } from '#server/use-cases/sweep/sweep-again.ts';
import { nothing } from '../answers.ts';
import { id, page, text, time } from '../fields.ts';
import { axes, inputs, search, settings, windows } from '../settings.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const sweepRouter = router({
  start: orgProcedure('backtest.run', 'compute')
    .input(
      z.object({
        formulaId: id('formula'),
        marketId: id('market'),
        from: time.optional(),
        to: time.optional(),
        settings,
        axes,
        search,
        windows: windows.optional(),
        rankedBy: text(50),
      }),
    )
    .output(answers.started)
    .mutation(({ ctx, input }) => startSweep(ctx, input)),
  list: orgProcedure('org.read', 'read')
    .input(z.object({ formulaId: id('formula').optional(), ...page(200) }))
    .output(answers.sweeps)
    .query(({ ctx, input }) => listSweeps(ctx, input)),
  get: orgProcedure('org.read', 'read')
    .input(z.object({ id: id('sweep') }))
    .output(answers.sweep)
    .query(({ ctx, input }) => getSweep(ctx, input)),
  result: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ id: id('sweep') }))
    .output(answers.result)
    .query(({ ctx, input }) => getSweepResult(ctx, input)),
  forward: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ id: id('sweep') }))
    .output(answers.forward)
    .query(({ ctx, input }) => getForwardResult(ctx, input)),
  runAgain: orgProcedure('backtest.run', 'compute')
    .input(z.object({ id: id('sweep') }))
    .output(answers.again)
    .mutation(({ ctx, input }) => sweepAgain(ctx, input)),
  cancel: orgProcedure('backtest.run', 'write')
    .input(z.object({ id: id('sweep') }))
    .output(nothing)
    .mutation(({ ctx, input }) => cancelRun(ctx, SWEEP, input)),
  openCandidate: orgProcedure('backtest.run', 'heavyWrite')
    .input(z.object({ id: id('sweep'), inputs }))
    .output(answers.opened)
    .mutation(({ ctx, input }) => run(ctx, input)),
});
