import { z } from 'zod';
import { editComment, removeComment } from '#server/use-cases/comment/edit-comment.ts';
import { listThreads } from '#server/use-cases/comment/list-threads.ts';
import { reply as say, resolveThread, startThread } from '#server/use-cases/comment/manage-threads.ts';
import { nothing } from '../answers.ts';
import { id, page } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';
import { anchor, body } from './fields.ts';

export const commentRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object({ formulaId: id('formula'), ...page(500) }))
    .output(answers.threads)
    .query(({ ctx, input }) => listThreads(ctx, input)),
  start: orgProcedure('comment.write', 'write')
    .input(z.object({ formulaId: id('formula'), anchor, threadId: id('thread'), commentId: id('comment'), body }))
    .output(nothing)
    .mutation(({ ctx, input }) => startThread(ctx, input)),
  reply: orgProcedure('comment.write', 'write')
    .input(z.object({ threadId: id('thread'), commentId: id('comment'), body }))
    .output(nothing)
    .mutation(({ ctx, input }) => say(ctx, input)),
  edit: orgProcedure('comment.write', 'write')
    .input(z.object({ id: id('comment'), body }))
    .output(nothing)
    .mutation(({ ctx, input }) => editComment(ctx, input)),
  remove: orgProcedure('comment.write', 'write')
    .input(z.object({ id: id('comment') }))
    .output(nothing)
    .mutation(({ ctx, input }) => removeComment(ctx, input)),
  resolve: orgProcedure('comment.write', 'write')
    .input(z.object({ threadId: id('thread'), resolved: z.boolean() }))
    .output(nothing)
    .mutation(({ ctx, input }) => resolveThread(ctx, input)),
});
