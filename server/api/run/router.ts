import { z } from 'zod';
import { getAllowance } from '#server/use-cases/run/allowance.ts';
import { getTurn } from '#server/use-cases/run/get-turn.ts';
import { id } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';

export const runRouter = router({
  allowance: orgProcedure('org.read', 'read').query(({ ctx }) => getAllowance(ctx)),
  turn: orgProcedure('org.read', 'read')
    .input(z.object({ kind: z.enum(['backtest', 'sweep']), id }))
    .query(({ ctx, input }) => getTurn(ctx, input)),
});
