import { z } from 'zod';
import { removeComment } from '#server/use-cases/comment/remove-comment.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const remove = orgProcedure('comment.write', 'write')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => removeComment(ctx, input));
