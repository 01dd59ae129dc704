import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { UserId } from '#core/requests/ids.ts';
import { bytes, instant } from './columns.ts';
import { users } from './users.ts';

const ofPerson = () =>
  uuid('user_id')
    .$type<UserId>()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

/** What a link in a letter does. */
export type LinkPurpose = 'verify' | 'reset' | 'leave-address' | 'take-address';

/** Links (and codes) in letters about accounts: only hashes are kept, each works once. */
export const accountLinks = pgTable(
  'account_links',
  {
    id: uuid('id').primaryKey(),
    userId: ofPerson(),
    purpose: text('purpose').$type<LinkPurpose>().notNull(),
    tokenHash: text('token_hash').notNull(),
    /** Of the six digits for whoever reads letters on another device; null where there are none. */
    codeHash: text('code_hash'),
    /** Wrong codes that were typed. */
    attempts: integer('attempts').notNull().default(0),
    /** The address that it confirms. */
    email: text('email').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('account_links_token').on(table.tokenHash), index('account_links_user').on(table.userId)],
);

/** The seed of an app that shows codes. A row that is not confirmed asks for nothing yet. */
export const totpSeeds = pgTable('totp_seeds', {
  userId: ofPerson().primaryKey(),
  /** AES-256-GCM, with the person's id as associated data. */
  sealed: bytes('sealed').notNull(),
  keyId: text('key_id').notNull(),
  confirmedAt: instant('confirmed_at'),
  /** The last step of 30 seconds of which a code was taken: none of it or before is taken again. */
  lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** Codes for whoever has lost their second factor; each works once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  { userId: ofPerson(), hash: text('hash').notNull(), usedAt: instant('used_at') },
  (table) => [primaryKey({ columns: [table.userId, table.hash] })],
);

export const passkeys = pgTable(
  'passkeys',
  {
    /** As the authenticator names it, base64url. */
    id: text('id').primaryKey(),
    userId: ofPerson(),
    name: text('name').notNull(),
    publicKey: bytes('public_key').notNull(),
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: jsonb('transports').$type<readonly string[]>().notNull(),
    /** Whether it is in the person's account at Apple, Google or a password manager, too. */
    isBackedUp: boolean('is_backed_up').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [index('passkeys_user').on(table.userId)],
);

/** What the server remembers between two requests of one ceremony: deleted by whoever takes the second step. */
export const ceremonies = pgTable(
  'ceremonies',
  {
    /** The SHA-256 of the ticket that the browser holds. */
    id: text('id').primaryKey(),
    kind: text('kind').$type<'second-factor' | 'passkey-sign-in' | 'passkey-register' | 'passkey-step-up'>().notNull(),
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The challenge of WebAuthn, the invitation of a sign-in. */
    facts: jsonb('facts').$type<Readonly<Record<string, string>>>().notNull(),
    expiresAt: instant('expires_at')
      .notNull()
      .default(sql`now() + interval '10 minutes'`),
  },
  (table) => [index('ceremonies_user').on(table.userId), index('ceremonies_expires').on(table.expiresAt)],
);

/** Pictures of people, small and checked. */
export const userPictures = pgTable('user_pictures', {
  userId: ofPerson().primaryKey(),
  type: text('type').$type<'image/png' | 'image/jpeg' | 'image/webp'>().notNull(),
  bytes: bytes('bytes').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});
