import { z } from 'zod';
import { LONGEST_BODY, LONGEST_SENT } from '#core/comment/body.ts';
import { editComment, removeComment } from '#server/use-cases/comment/change-comment.ts';
import { listThreads } from '#server/use-cases/comment/list-threads.ts';
import { resolveThread, reply as say, startThread } from '#server/use-cases/comment/manage-threads.ts';
import { nothing } from '../answers.ts';
import { id, page, text } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

/** The rules for what is said are the use-case's; this only keeps out what can't be a comment. */
const body = text(LONGEST_SENT, `A comment has at most ${LONGEST_BODY.toLocaleString('en')} characters.`);

/** Another kind of anchor, such as a change of a version, is another member. */
const anchor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('formula') }),
  z.strictObject({ kind: z.literal('node'), nodeId: text(200).min(1) }),
]);

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
