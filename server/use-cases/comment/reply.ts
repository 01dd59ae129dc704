import type { CommentId, ThreadId } from '#core/requests/ids.ts';
import { lockThread } from '#server/db/queries/comments.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { postComment, readBody } from './post.ts';

interface Reply {
  readonly threadId: ThreadId;
  readonly commentId: CommentId;
  readonly body: string;
}

/** Says something in a thread, resolved ones too. */
export function reply(caller: Caller<Person>, { threadId, commentId, ...input }: Reply): Promise<void> {
  const body = readBody(input.body);
  return act(caller, 'comment.write', async (unit) => {
    const thread = await lockThread(unit.tx, unit.principal.orgId, threadId);
    if (!thread) throw new AppError('NOT_FOUND', 'This thread is not here any more. Begin a new one.');
    await postComment(unit, { id: commentId, threadId, formulaId: thread.formulaId, body });
  });
}
