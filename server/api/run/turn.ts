import { z } from 'zod';
import { getTurn } from '#server/use-cases/run/get-turn.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const turn = orgProcedure('org.read', 'read')
  .input(z.object({ kind: z.enum(['backtest', 'sweep']), id }))
  .query(({ ctx, input }) => getTurn(ctx, input));
