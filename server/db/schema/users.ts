import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { organisations } from './organisations.ts';

/** A person. One account may belong to several organisations, so it carries no `org_id`. */
export const users = pgTable(
  'users',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('users_email').on(sql`lower(${table.email})`)],
);

/** `id` is the SHA-256 of the token in the cookie: whoever reads this table can't sign in with it. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: uuid('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
    /** The organisation the person is working in. */
    orgId: uuid('org_id').notNull().references(() => organisations.id, { onDelete: 'cascade' }),
    /** Moves on with use; never past `absoluteExpiresAt`. */
    expiresAt: instant('expires_at').notNull(),
    absoluteExpiresAt: instant('absolute_expires_at').notNull(),
    ip: text('ip'),
    userAgent: text('user_agent'),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Stays when the token changes: what sockets, lists and the audit know the session by. No secret. */
    chain: text('chain').notNull().default(sql`gen_random_uuid()::text`),
    /** The hash of the token before, which requests that were under way may still use for a moment. */
    previousId: text('previous_id'),
    previousUntil: instant('previous_until'),
    /** The rights have changed: the next request gets a new token. */
    rotationDue: boolean('rotation_due').notNull().default(false),
  },
  (table) => [uniqueIndex('sessions_chain').on(table.chain), index('sessions_previous').on(table.previousId), index('sessions_user').on(table.userId), index('sessions_org').on(table.orgId), index('sessions_expires').on(table.expiresAt)],
);

/** Devices on which a person has signed in. `id` is the SHA-256 of the token in the device's cookie; a device may be several people's. */
export const knownDevices = pgTable(
  'known_devices',
  {
    id: text('id').notNull(),
    userId: uuid('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.id, table.userId] }), index('known_devices_user').on(table.userId)],
);

/** Failed attempts to sign in, counted by `rate-limiter-flexible`. The keys are hashes: whoever reads this table learns no address. */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  { key: text('key').primaryKey(), points: integer('points').notNull(), expire: instant('expire') },
  (table) => [index('sign_in_attempts_expire').on(table.expire)],
);
