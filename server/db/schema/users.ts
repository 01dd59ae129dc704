import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { UserId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';

/** A person. One account may belong to several organisations, so it carries no `org_id`. */
export const users = pgTable(
  'users',
  {
    id: id<UserId>(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When somebody who reads the letters to `email` confirmed it. */
    emailVerifiedAt: instant('email_verified_at'),
    /** Since when signing in takes a second factor; null while the account has none. */
    secondFactorSince: instant('second_factor_since'),
    /** A name of the IANA database; null: that of the browser. */
    timeZone: text('time_zone'),
    theme: text('theme').$type<'system' | 'light' | 'dark'>(),
    /** When the account will be deleted, as its person asked. */
    deletesAt: instant('deletes_at'),
    /** Looks after the installation, whatever their organisations are. */
    isPlatformAdmin: boolean('is_platform_admin').notNull().default(false),
    /** Since when they may not sign in; and why, for those who look after the installation. */
    suspendedAt: instant('suspended_at'),
    suspendedFor: text('suspended_for'),
  },
  (table) => [uniqueIndex('users_email').on(sql`lower(${table.email})`)],
);

/**
 * Devices on which a person has signed in. `id` is the SHA-256 of the token in the device's cookie; a device may be
 * several people's.
 */
export const knownDevices = pgTable(
  'known_devices',
  {
    id: text('id').notNull(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.id, table.userId] }), index('known_devices_user').on(table.userId)],
);

/**
 * Failed attempts to sign in, counted by `rate-limiter-flexible`. The keys are hashes: whoever reads this table learns
 * no address.
 */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  { key: text('key').primaryKey(), points: integer('points').notNull(), expire: instant('expire') },
  (table) => [index('sign_in_attempts_expire').on(table.expire)],
);
