import { foreignKey, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { NotificationKind } from '#core/notification/notice.ts';
import type { CommentId, FormulaId, NotificationId, OrgId, UserId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { comments } from './comments.ts';
import { formulas } from './formulas.ts';
import { memberships } from './organisations.ts';
import { users } from './users.ts';

/** Notifications of a member, one for each thing. The notifications of a member who leaves are deleted. */
export const notifications = pgTable(
  'notifications',
  {
    id: id<NotificationId>(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    userId: uuid('user_id').$type<UserId>().notNull(),
    kind: text('kind').$type<NotificationKind>().notNull(),
    /** Of what the person is told no more than once. */
    once: text('once').notNull(),
    /** What its kind has beside the columns. */
    facts: jsonb('facts').$type<unknown>().notNull().default({}),
    /** Who did it, where somebody did. */
    actorId: uuid('actor_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    /** It goes with what it is about. */
    commentId: uuid('comment_id').$type<CommentId>(),
    formulaId: uuid('formula_id').$type<FormulaId>(),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
  },
  (table) => [
    unique('notifications_once').on(table.orgId, table.userId, table.once),
    index('notifications_user').on(table.orgId, table.userId, table.createdAt),
    index('notifications_comment').on(table.commentId),
    index('notifications_formula').on(table.formulaId),
    index('notifications_actor').on(table.actorId),
    foreignKey({ columns: [table.orgId, table.commentId], foreignColumns: [comments.orgId, comments.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      columns: [table.orgId, table.userId],
      foreignColumns: [memberships.orgId, memberships.userId],
    }).onDelete('cascade'),
  ],
);
