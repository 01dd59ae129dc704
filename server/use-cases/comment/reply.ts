import { withOrg } from '#server/db/database.ts';
import { lockThread } from '#server/db/queries/comments.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';
import { postComment, readBody } from './post.ts';

interface Reply {
  readonly threadId: string;
  readonly commentId: string;
  readonly body: string;
}

/** Says something in a thread, resolved ones too. */
export function reply(caller: Caller, { threadId, commentId, ...input }: Reply): Promise<void> {
  const { db, actor } = caller;
  requirePermission(actor, 'comment.write');
  const body = readBody(input.body);
  return withOrg(db, actor.orgId, async (tx) => {
    const thread = await lockThread(tx, actor.orgId, threadId);
    if (!thread) throw new AppError('NOT_FOUND', 'This thread is not here any more. Begin a new one.');
    await postComment(tx, caller, { id: commentId, threadId, formulaId: thread.formulaId, body });
  });
}
