import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { LetterId, OrgId, UserId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { organisations } from './organisations.ts';
import { users } from './users.ts';

/**
 * Letters that wait to be sent, and those that were: a row in the transaction of its cause. A row holds no secret. The
 * tokens of links are made when the letter is sent, and stand in the letter alone.
 */
export const letters = pgTable(
  'letters',
  {
    id: id<LetterId>(),
    /** Null: about an account, in no organisation. */
    orgId: uuid('org_id')
      .$type<OrgId>()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    /** Whose letter it is; null for somebody without an account. */
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    address: text('address').notNull(),
    kind: text('kind').notNull(),
    facts: jsonb('facts').$type<Readonly<Record<string, string>>>().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    attempts: integer('attempts').notNull().default(0),
    sentAt: instant('sent_at'),
    /** When the last attempt was over, without success. */
    failedAt: instant('failed_at'),
    failure: text('failure'),
  },
  (table) => [
    index('letters_created').on(table.createdAt, table.id),
    index('letters_user').on(table.userId),
    index('letters_org').on(table.orgId),
  ],
);
