import { and, count, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { comments, commentThreads, formulas, notifications } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';

/** Whoever is told of a comment already is not told again. */
export async function insertNotifications(
  tx: Tx,
  rows: readonly (typeof notifications.$inferInsert)[],
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const told = await tx
    .insert(notifications)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ userId: notifications.userId });
  return told.map(({ userId }) => userId);
}

/** The person's, the newest first. */
export function listNotifications(
  tx: Tx,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
  page: Page,
) {
  return tx
    .select({
      id: notifications.id,
      kind: notifications.kind,
      createdAt: notifications.createdAt,
      readAt: notifications.readAt,
      actorId: comments.authorId,
      body: comments.body,
      threadId: comments.threadId,
      aboutLabel: commentThreads.aboutLabel,
      formulaId: formulas.id,
      formulaName: formulas.name,
    })
    .from(notifications)
    .innerJoin(comments, eq(comments.id, notifications.commentId))
    .innerJoin(commentThreads, eq(commentThreads.id, comments.threadId))
    .innerJoin(formulas, eq(formulas.id, commentThreads.formulaId))
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
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
): Promise<number> {
  const [row] = await tx
    .select({ unread: count() })
    .from(notifications)
    .where(and(eq(notifications.orgId, orgId), eq(notifications.userId, userId), isNull(notifications.readAt)));
  return row?.unread ?? 0;
}

/** All of the person's, or only those `about` something. */
export type WhichNotifications = 'all' | { readonly id: string } | { readonly threadId: string };

/** How many were unread before. */
export async function markRead(
  tx: Tx,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
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
export async function deleteNotificationsOf(tx: Tx, orgId: string, commentId: string): Promise<readonly string[]> {
  const gone = await tx
    .delete(notifications)
    .where(and(eq(notifications.orgId, orgId), eq(notifications.commentId, commentId)))
    .returning({ userId: notifications.userId });
  return gone.map(({ userId }) => userId);
}
