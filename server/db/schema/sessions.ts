import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import { instant } from './columns.ts';
import { organisations } from './organisations.ts';
import { users } from './users.ts';

/** `id` is the SHA-256 of the token in the cookie: whoever reads this table can't sign in with it. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The organisation the person is working in. */
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    /** Moves on with use; never past `absoluteExpiresAt`. */
    expiresAt: instant('expires_at').notNull(),
    absoluteExpiresAt: instant('absolute_expires_at').notNull(),
    ip: text('ip'),
    userAgent: text('user_agent'),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Stays when the token changes: what sockets, lists and the audit know the session by. No secret. */
    chain: text('chain')
      .notNull()
      .default(sql`gen_random_uuid()::text`),
    /** The hash of the token before, which requests that were under way may still use for a moment. */
    previousId: text('previous_id'),
    previousUntil: instant('previous_until'),
    /** The rights have changed: the next request gets a new token. */
    rotationDue: boolean('rotation_due').notNull().default(false),
    /** When the person last showed, by a password or a second factor, that it is they. */
    steppedUpAt: instant('stepped_up_at').notNull().defaultNow(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('sessions_chain').on(table.chain),
    index('sessions_previous').on(table.previousId),
    index('sessions_user').on(table.userId),
    index('sessions_org').on(table.orgId),
    index('sessions_expires').on(table.expiresAt),
  ],
);
