import { z } from 'zod';
import { reply as say } from '#server/use-cases/comment/reply.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';
import { body } from './fields.ts';

export const reply = orgProcedure('comment.write', 'write')
  .input(z.object({ threadId: id, commentId: id, body }))
  .mutation(({ ctx, input }) => say(ctx, input));
