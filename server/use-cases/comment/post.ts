import { mentionsIn, tidyBody, whyNotBody } from '#core/comment/body.ts';
import type { CommentId, FormulaId, OrgId, ThreadId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { findComment, insertComment, listComments, updateThread } from '#server/db/queries/comments.ts';
import { findMembers } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Unit } from '../act/act.ts';
import { requireQuota } from '../quota.ts';
import { whomToTell } from './whom-to-tell.ts';

/** A body as it is stored; INVALID with what is wrong when it can't be. */
export function readBody(text: string): string {
  const body = tidyBody(text);
  const problem = whyNotBody(body);
  if (problem !== null) throw new AppError('INVALID', problem, { fields: { body: problem } });
  return body;
}

/** Those who are mentioned in `body` and were not in `before`; INVALID when one of them is no member. */
export async function newMentions(tx: Tx, orgId: OrgId, body: string, before = ''): Promise<readonly UserId[]> {
  const known = new Set(mentionsIn(before));
  const added = mentionsIn(body).filter((userId) => !known.has(userId));
  const members = await findMembers(tx, orgId, added);
  if (added.some((userId) => !members.has(userId)))
    throw new AppError(
      'INVALID',
      'Somebody who is mentioned is not in your organisation. Take the mention out, or invite them.',
    );
  return added;
}

interface Post {
  readonly id: CommentId;
  readonly threadId: ThreadId;
  readonly formulaId: FormulaId;
  readonly body: string;
}

/**
 * Adds a comment to a thread that is locked, and tells those whom it concerns. The id is the sender's: what is sent
 * again, because no answer came, is said once.
 */
export async function postComment(unit: Unit<Person>, { id, threadId, formulaId, body }: Post): Promise<void> {
  const {
    tx,
    principal: { orgId, userId },
    now,
  } = unit;
  const mentioned = await newMentions(tx, orgId, body);
  await requireQuota(tx, orgId, 'comments');
  const before = await listComments(tx, orgId, [threadId]);
  if (!(await insertComment(tx, { id, orgId, threadId, authorId: userId, body, createdAt: now }))) {
    await refuseAnother(tx, orgId, { id, threadId, userId });
    return unit.nothingHappened();
  }
  await updateThread(tx, orgId, threadId, { updatedAt: now });
  const told = whomToTell({ by: userId, mentioned, before });
  unit.happened('comment.written', { commentId: id, threadId, formulaId, by: userId, told });
}

async function refuseAnother(
  tx: Tx,
  orgId: OrgId,
  { id, threadId, userId }: { id: CommentId; threadId: ThreadId; userId: UserId },
): Promise<void> {
  const known = await findComment(tx, orgId, id);
  if (known?.threadId !== threadId || known.authorId !== userId)
    throw new AppError('CONFLICT', 'There is another comment of this id. Send it anew.');
}
