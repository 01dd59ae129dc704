import { z } from 'zod';
import { deleteBacktest, renameBacktest } from '#server/use-cases/backtest/change-backtest.ts';
import {
  getBacktest,
  getBacktestCurve,
  getBacktestResult,
  listBacktests,
} from '#server/use-cases/backtest/read-backtests.ts';
import { runAgain } from '#server/use-cases/backtest/run-again.ts';
import { startBacktest } from '#server/use-cases/backtest/start-backtest.ts';
import { cancelRun } from '#server/use-cases/run/cancel-run.ts';
import { BACKTEST } from '#server/use-cases/run/kinds.ts';
import { nothing } from '../answers.ts';
import { id, page, time, trimmed } from '../fields.ts';
import { inputs, settings } from '../settings.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const backtestRouter = router({
  start: orgProcedure('backtest.run', 'compute')
    .input(
      z.object({
        formulaId: id('formula'),
        marketId: id('market'),
        from: time.optional(),
        to: time.optional(),
        settings,
        inputs: inputs.optional(),
      }),
    )
    .output(answers.started)
    .mutation(({ ctx, input }) => startBacktest(ctx, input)),
  list: orgProcedure('org.read', 'read')
    .input(z.object({ formulaId: id('formula').optional(), ...page(200) }))
    .output(answers.backtests)
    .query(({ ctx, input }) => listBacktests(ctx, input)),
  get: orgProcedure('org.read', 'read')
    .input(z.object({ id: id('backtest') }))
    .output(answers.backtest)
    .query(({ ctx, input }) => getBacktest(ctx, input)),
  result: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ id: id('backtest') }))
    .output(answers.result)
    .query(({ ctx, input }) => getBacktestResult(ctx, input)),
  curve: orgProcedure('org.read', 'heavyRead')
    .input(z.object({ id: id('backtest'), from: time, to: time }))
    .output(answers.curve)
    .query(({ ctx, input }) => getBacktestCurve(ctx, input)),
  runAgain: orgProcedure('backtest.run', 'compute')
    .input(z.object({ id: id('backtest') }))
    .output(answers.again)
    .mutation(({ ctx, input }) => runAgain(ctx, input)),
  rename: orgProcedure('backtest.run', 'write')
    .input(z.object({ id: id('backtest'), title: trimmed(120) }))
    .output(nothing)
    .mutation(({ ctx, input }) => renameBacktest(ctx, input)),
  delete: orgProcedure('backtest.run', 'write')
    .input(z.object({ id: id('backtest'), deleted: z.boolean() }))
    .output(nothing)
    .mutation(({ ctx, input }) => deleteBacktest(ctx, input)),
  cancel: orgProcedure('backtest.run', 'write')
    .input(z.object({ id: id('backtest') }))
    .output(nothing)
    .mutation(({ ctx, input }) => cancelRun(ctx, BACKTEST, input)),
});
