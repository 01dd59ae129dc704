import { z } from 'zod';
import { editComment } from '#server/use-cases/comment/edit-comment.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';
import { body } from './fields.ts';

export const edit = orgProcedure('comment.write', 'write')
  .input(z.object({ id, body }))
  .mutation(({ ctx, input }) => editComment(ctx, input));
