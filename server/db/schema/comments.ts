import { sql } from 'drizzle-orm';
import { check, foreignKey, index, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { CommentId, FormulaId, OrgId, ReviewId, ThreadId, UserId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { formulas } from './formulas.ts';
import { reviews } from './reviews.ts';
import { users } from './users.ts';

/** What a thread is put on; each kind has columns of its own, and `comment_threads_anchor` says which. */
export const commentAnchor = pgEnum('comment_anchor', ['formula', 'node', 'change']);

/** A conversation about a formula, about one of its nodes, or about a change of a review. */
export const commentThreads = pgTable(
  'comment_threads',
  {
    id: id<ThreadId>(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    anchor: commentAnchor('anchor').notNull(),
    nodeId: text('node_id'),
    /**
     * What the node was called and how it was written when the thread was begun: the node may be deleted, the thread
     * stays.
     */
    aboutLabel: text('about_label'),
    aboutCode: text('about_code'),
    /** The review whose difference has the change, and which of its changes it is. */
    reviewId: uuid('review_id').$type<ReviewId>(),
    changeKey: text('change_key'),
    createdAt: instant('created_at').notNull(),
    /** When somebody last said something. */
    updatedAt: instant('updated_at').notNull(),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [
    unique('comment_threads_org_id').on(table.orgId, table.id),
    index('comment_threads_formula').on(table.formulaId, table.updatedAt),
    index('comment_threads_resolved_by').on(table.resolvedBy),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    check(
      'comment_threads_anchor',
      sql`(${table.anchor} = 'formula') = (${table.aboutLabel} is null and ${table.aboutCode} is null)
        and (${table.anchor} <> 'node' or ${table.nodeId} is not null) and (${table.anchor} <> 'formula' or ${table.nodeId} is null)
        and (${table.anchor} in ('formula', 'node')) = (${table.reviewId} is null) and (${table.reviewId} is null) = (${table.changeKey} is null)`,
    ),
    index('comment_threads_review').on(table.reviewId),
    foreignKey({ columns: [table.orgId, table.reviewId], foreignColumns: [reviews.orgId, reviews.id] }).onDelete(
      'cascade',
    ),
  ],
);

/** Plain text; people in it are written as `<@id>`. */
export const comments = pgTable(
  'comments',
  {
    id: id<CommentId>(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    threadId: uuid('thread_id').$type<ThreadId>().notNull(),
    authorId: uuid('author_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    body: text('body').notNull(),
    createdAt: instant('created_at').notNull(),
    editedAt: instant('edited_at'),
    /** Then the body is empty; its place in the conversation stays. */
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    unique('comments_org_id').on(table.orgId, table.id),
    index('comments_thread').on(table.threadId, table.createdAt),
    index('comments_author').on(table.authorId),
    foreignKey({
      columns: [table.orgId, table.threadId],
      foreignColumns: [commentThreads.orgId, commentThreads.id],
    }).onDelete('cascade'),
  ],
);
