import { z } from 'zod';
import { resolveThread } from '#server/use-cases/comment/resolve-thread.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const resolve = orgProcedure('comment.write', 'write')
  .input(z.object({ threadId: id, resolved: z.boolean() }))
  .mutation(({ ctx, input }) => resolveThread(ctx, input));
