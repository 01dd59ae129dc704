import { and, count, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Notice } from '#core/notification/notice.ts';
import type { CommentId, NotificationId, OrgId, ThreadId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { comments, commentThreads, formulas, memberships, notifications } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';

/**
 * Tells members of the organisation. Whoever has left is not told, nor is anybody again of what they were told once.
 * Gives what was told now. Members can't leave until the transaction ends.
 */
export async function insertNotifications(
  tx: Tx,
  orgId: OrgId,
  notices: readonly Notice[],
  now: Date,
): Promise<readonly Notice[]> {
  const rows = await tx.execute<{ user_id: string; once: string }>(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as given(
        "userId" uuid, kind text, once text, facts jsonb, "actorId" uuid, "commentId" uuid, "formulaId" uuid)
    ), members as (
      select ${memberships.userId} from ${memberships}
      where ${memberships.orgId} = ${orgId} and ${memberships.userId} in (select "userId" from given)
      for key share
    )
    insert into ${notifications} (org_id, user_id, kind, once, facts, actor_id, comment_id, formula_id, created_at)
    select ${orgId}::uuid, "userId", kind, once, facts, "actorId", "commentId", "formulaId",
      ${now.toISOString()}::timestamptz
    from given where "userId" in (select user_id from members)
    on conflict do nothing
    returning user_id, once`);
  const told = new Set(rows.map((row) => `${row.user_id} ${row.once}`));
  return notices.filter(({ userId, once }) => told.has(`${userId} ${once}`));
}

/** The person's, the newest first. */
export function listNotifications(
  tx: Tx,
  { orgId, userId }: { readonly orgId: OrgId; readonly userId: UserId },
  page: Page,
) {
  return tx
    .select({
      id: notifications.id,
      kind: notifications.kind,
      facts: notifications.facts,
      createdAt: notifications.createdAt,
      readAt: notifications.readAt,
      actorId: notifications.actorId,
      body: comments.body,
      threadId: comments.threadId,
      aboutLabel: commentThreads.aboutLabel,
      formulaId: formulas.id,
      formulaName: formulas.name,
    })
    .from(notifications)
    .leftJoin(comments, eq(comments.id, notifications.commentId))
    .leftJoin(commentThreads, eq(commentThreads.id, comments.threadId))
    .leftJoin(formulas, eq(formulas.id, notifications.formulaId))
    .where(
      and(
        eq(notifications.orgId, orgId),
        eq(notifications.userId, userId),
        behind(notifications.createdAt, notifications.id, page),
      ),
    )
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(page.limit);
}

export async function countUnread(
  tx: Tx,
  { orgId, userId }: { readonly orgId: OrgId; readonly userId: UserId },
): Promise<number> {
  const [row] = await tx
    .select({ unread: count() })
    .from(notifications)
    .where(and(eq(notifications.orgId, orgId), eq(notifications.userId, userId), isNull(notifications.readAt)));
  return row?.unread ?? 0;
}

/** All of the person's, or only those `about` something. */
export type WhichNotifications = 'all' | { readonly id: NotificationId } | { readonly threadId: ThreadId };

/** How many were unread before. */
export async function markRead(
  tx: Tx,
  { orgId, userId }: { readonly orgId: OrgId; readonly userId: UserId },
  which: WhichNotifications,
  now: Date,
): Promise<number> {
  const rows = await tx
    .update(notifications)
    .set({ readAt: now })
    .where(
      and(
        eq(notifications.orgId, orgId),
        eq(notifications.userId, userId),
        isNull(notifications.readAt),
        conditionOf(tx, which),
      ),
    )
    .returning({ id: notifications.id });
  return rows.length;
}

function conditionOf(tx: Tx, which: WhichNotifications) {
  if (which === 'all') return undefined;
  if ('id' in which) return eq(notifications.id, which.id);
  return inArray(
    notifications.commentId,
    tx.select({ id: comments.id }).from(comments).where(eq(comments.threadId, which.threadId)),
  );
}

/** Takes back what people were told of a comment; gives the people. */
export async function deleteNotificationsOf(tx: Tx, orgId: OrgId, commentId: CommentId): Promise<readonly UserId[]> {
  const gone = await tx
    .delete(notifications)
    .where(and(eq(notifications.orgId, orgId), eq(notifications.commentId, commentId)))
    .returning({ userId: notifications.userId });
  return gone.map(({ userId }) => userId);
}

export async function deleteOldNotifications(tx: Tx, days: number): Promise<void> {
  await tx.delete(notifications).where(lt(notifications.createdAt, sql`now() - ${days} * interval '1 day'`));
}
