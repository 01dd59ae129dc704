import { z } from 'zod';
import { startThread } from '#server/use-cases/comment/start-thread.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';
import { anchor, body } from './fields.ts';

export const start = orgProcedure('comment.write', 'write')
  .input(z.object({ formulaId: id, anchor, threadId: id, commentId: id, body }))
  .mutation(({ ctx, input }) => startThread(ctx, input));
