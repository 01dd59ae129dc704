import { z } from 'zod';
import { getAllowance } from '#server/use-cases/run/allowance.ts';
import { getTurn } from '#server/use-cases/run/get-turn.ts';
import { type AnswerOf, figure } from '../answers.ts';
import { id } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';

const allowance: AnswerOf<typeof getAllowance> = z.strictObject({
  runTime: figure,
  runBytes: figure,
  unfinishedRuns: figure,
  mostUnfinishedRuns: figure,
});

const turn: AnswerOf<typeof getTurn> = z
  .discriminatedUnion('waitsFor', [
    z.strictObject({ waitsFor: z.literal('organisation'), before: figure }),
    z.strictObject({ waitsFor: z.literal('thread') }),
    z.strictObject({ waitsFor: z.literal('memory') }),
  ])
  .nullable();

export const runRouter = router({
  allowance: orgProcedure('org.read', 'read')
    .output(allowance)
    .query(({ ctx }) => getAllowance(ctx)),
  turn: orgProcedure('org.read', 'read')
    .input(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('backtest'), id: id('backtest') }),
        z.object({ kind: z.literal('sweep'), id: id('sweep') }),
      ]),
    )
    .output(turn)
    .query(({ ctx, input }) => getTurn(ctx, input)),
});
