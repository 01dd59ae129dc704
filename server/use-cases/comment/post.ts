import { mentionsIn, tidyBody, whyNotBody } from '#core/comment/body.ts';
import type { Tx } from '#server/db/database.ts';
import { findComment, insertComment, listComments, updateThread } from '#server/db/queries/comments.ts';
import { insertNotifications } from '#server/db/queries/notifications.ts';
import { findMembers } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
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
export async function newMentions(tx: Tx, orgId: string, body: string, before = ''): Promise<readonly string[]> {
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
  readonly id: string;
  readonly threadId: string;
  readonly formulaId: string;
  readonly body: string;
}

/**
 * Adds a comment to a thread that is locked, and tells those whom it concerns. The id is the sender's: what is sent again, because no answer
 * came, is said once. Last in the transaction.
 */
export async function postComment(
  tx: Tx,
  caller: Pick<Caller, 'actor' | 'now' | 'from'>,
  { id, threadId, formulaId, body }: Post,
): Promise<void> {
  const {
    actor: { orgId, userId },
    now,
  } = caller;
  const mentioned = await newMentions(tx, orgId, body);
  await requireQuota(tx, orgId, 'comments');
  const before = await listComments(tx, orgId, [threadId]);
  if (!(await insertComment(tx, { id, orgId, threadId, authorId: userId, body, createdAt: now }))) {
    return refuseAnother(tx, orgId, { id, threadId, userId });
  }
  await updateThread(tx, orgId, threadId, { updatedAt: now });
  const wanted = whomToTell({ by: userId, mentioned, before });
  const members = await findMembers(
    tx,
    orgId,
    wanted.map((one) => one.userId),
  );
  const told = await insertNotifications(
    tx,
    wanted.filter((one) => members.has(one.userId)).map((one) => ({ ...one, orgId, commentId: id, createdAt: now })),
  );
  await recordAct(tx, caller, { action: 'comment.written', entity: 'comment', entityId: id });
  await tellOf(tx, orgId, { formulaId, threadId, told });
}

async function refuseAnother(
  tx: Tx,
  orgId: string,
  { id, threadId, userId }: { id: string; threadId: string; userId: string },
): Promise<void> {
  const known = await findComment(tx, orgId, id);
  if (known?.threadId !== threadId || known.authorId !== userId)
    throw new AppError('CONFLICT', 'There is another comment of this id. Send it anew.');
}

/** Tells open browsers that a thread has changed, and `told` that there is something new for them. Last in the transaction. */
export async function tellOf(
  tx: Tx,
  orgId: string,
  {
    formulaId,
    threadId,
    told,
  }: { readonly formulaId: string; readonly threadId: string; readonly told: readonly string[] },
): Promise<void> {
  await appendEvent(tx, orgId, { kind: 'comment.changed', payload: { formulaId, threadId } });
  if (told.length > 0) await appendEvent(tx, orgId, { kind: 'notification.changed', payload: { userIds: told } });
}
