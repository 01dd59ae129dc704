import { and, asc, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Anchor } from '#core/comment/anchor.ts';
import type { CommentId, FormulaId, OrgId, ThreadId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { comments, commentThreads } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';

type ThreadRow = typeof commentThreads.$inferSelect;
export type CommentRow = typeof comments.$inferSelect;

/** Comments that are given at once. */
const MOST_COMMENTS = 2000;

function anchorOf({
  anchor,
  nodeId,
  aboutLabel,
  aboutCode,
  reviewId,
  changeKey,
}: Pick<ThreadRow, 'anchor' | 'nodeId' | 'aboutLabel' | 'aboutCode' | 'reviewId' | 'changeKey'>): Anchor {
  if (anchor === 'formula') return { kind: 'formula' };
  if (anchor === 'change') {
    if (reviewId === null || changeKey === null || aboutLabel === null || aboutCode === null)
      throw new Error('a thread about a change says of which review');
    return { kind: 'change', reviewId, key: changeKey, nodeId, about: { label: aboutLabel, code: aboutCode } };
  }
  if (nodeId === null || aboutLabel === null || aboutCode === null) throw new Error('a thread about a node says which');
  return { kind: 'node', nodeId, about: { label: aboutLabel, code: aboutCode } };
}

const columnsOf = (anchor: Anchor) =>
  anchor.kind === 'formula'
    ? { anchor: anchor.kind }
    : {
        anchor: anchor.kind,
        nodeId: anchor.nodeId,
        aboutLabel: anchor.about.label,
        aboutCode: anchor.about.code,
        ...(anchor.kind === 'change' ? { reviewId: anchor.reviewId, changeKey: anchor.key } : {}),
      };

/**
 * A page of a formula's threads, the last active first, with what was said in them from the first to the last: at most
 * so many threads that no more than `MOST_COMMENTS` comments come together, and of a thread that has more by itself the
 * newest. `isCut` when there are threads behind them, or more was said.
 */
export async function listThreads(tx: Tx, orgId: OrgId, formulaId: FormulaId, page: Page) {
  const found = await tx
    .select({ ...getTableColumns(commentThreads), said: saidIn })
    .from(commentThreads)
    .where(
      and(
        eq(commentThreads.orgId, orgId),
        eq(commentThreads.formulaId, formulaId),
        behind(commentThreads.updatedAt, commentThreads.id, page),
      ),
    )
    .orderBy(desc(commentThreads.updatedAt), desc(commentThreads.id))
    .limit(page.limit + 1);
  const threads = fitting(found.slice(0, page.limit));
  const said = await tx
    .select()
    .from(comments)
    .where(
      and(
        eq(comments.orgId, orgId),
        inArray(
          comments.threadId,
          threads.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(MOST_COMMENTS + 1);
  const byThread = Map.groupBy(said.slice(0, MOST_COMMENTS).reverse(), ({ threadId }) => threadId);
  return {
    threads: threads.map(({ said: _, ...row }) => ({
      ...row,
      anchor: anchorOf(row),
      comments: byThread.get(row.id) ?? [],
    })),
    isCut: found.length > threads.length || said.length > MOST_COMMENTS,
  };
}

const saidIn = sql<number>`(select count(*)::int from ${comments} where ${comments.threadId} = ${commentThreads.id})`;

/** As many of the first threads as have no more comments together than are shown; one at least. */
function fitting<T extends { readonly said: number }>(threads: readonly T[]): readonly T[] {
  let together = 0;
  const end = threads.findIndex(({ said }, index) => (together += said) > MOST_COMMENTS && index > 0);
  return end === -1 ? threads : threads.slice(0, end);
}

export function listComments(tx: Tx, orgId: OrgId, threadIds: readonly ThreadId[]): Promise<CommentRow[]> {
  return tx
    .select()
    .from(comments)
    .where(and(eq(comments.orgId, orgId), inArray(comments.threadId, [...threadIds])))
    .orderBy(asc(comments.createdAt), asc(comments.id));
}

/** The thread, locked until the transaction ends: it can't go while somebody replies. */
export async function lockThread(tx: Tx, orgId: OrgId, id: ThreadId): Promise<ThreadRow | null> {
  const [row] = await tx
    .select()
    .from(commentThreads)
    .where(and(eq(commentThreads.orgId, orgId), eq(commentThreads.id, id)))
    .for('update');
  return row ?? null;
}

export async function findComment(tx: Tx, orgId: OrgId, id: CommentId): Promise<CommentRow | null> {
  const [row] = await tx
    .select()
    .from(comments)
    .where(and(eq(comments.orgId, orgId), eq(comments.id, id)));
  return row ?? null;
}

/** False when there is a thread of that id already. */
export async function insertThread(
  tx: Tx,
  { anchor, ...thread }: { id: ThreadId; orgId: OrgId; formulaId: FormulaId; anchor: Anchor; createdAt: Date },
): Promise<boolean> {
  const rows = await tx
    .insert(commentThreads)
    .values({ ...thread, ...columnsOf(anchor), updatedAt: thread.createdAt })
    .onConflictDoNothing()
    .returning({ id: commentThreads.id });
  return rows.length > 0;
}

/** False when there is a comment of that id already. */
export async function insertComment(
  tx: Tx,
  comment: { id: CommentId; orgId: OrgId; threadId: ThreadId; authorId: UserId; body: string; createdAt: Date },
): Promise<boolean> {
  const rows = await tx.insert(comments).values(comment).onConflictDoNothing().returning({ id: comments.id });
  return rows.length > 0;
}

export async function updateThread(
  tx: Tx,
  orgId: OrgId,
  id: ThreadId,
  change: Partial<Pick<ThreadRow, 'updatedAt' | 'resolvedAt' | 'resolvedBy'>>,
): Promise<void> {
  await tx
    .update(commentThreads)
    .set(change)
    .where(and(eq(commentThreads.orgId, orgId), eq(commentThreads.id, id)));
}

export async function updateComment(
  tx: Tx,
  orgId: OrgId,
  id: CommentId,
  change: Partial<Pick<CommentRow, 'body' | 'editedAt' | 'deletedAt'>>,
): Promise<void> {
  await tx
    .update(comments)
    .set(change)
    .where(and(eq(comments.orgId, orgId), eq(comments.id, id)));
}

export async function deleteThread(tx: Tx, orgId: OrgId, id: ThreadId): Promise<void> {
  await tx.delete(commentThreads).where(and(eq(commentThreads.orgId, orgId), eq(commentThreads.id, id)));
}
