import { z } from 'zod';
import { listThreads } from '#server/use-cases/comment/list-threads.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('org.read', 'read')
  .input(z.object({ formulaId: id }))
  .query(({ ctx, input }) => listThreads(ctx, input));
