import { z } from 'zod';
import { getAllowance } from '#server/use-cases/run/allowance.ts';
import { getTurn } from '#server/use-cases/run/get-turn.ts';
import { id } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const runRouter = router({
  allowance: orgProcedure('org.read', 'read')
    .output(answers.allowance)
    .query(({ ctx }) => getAllowance(ctx)),
  turn: orgProcedure('org.read', 'read')
    .input(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('backtest'), id: id('backtest') }),
        z.object({ kind: z.literal('sweep'), id: id('sweep') }),
      ]),
    )
    .output(answers.turn)
    .query(({ ctx, input }) => getTurn(ctx, input)),
});
