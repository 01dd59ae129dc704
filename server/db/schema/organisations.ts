import {
  bigint,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { InvitationId, OrgId, UserId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { users } from './users.ts';

export const memberRole = pgEnum('member_role', ['owner', 'admin', 'editor', 'reviewer', 'viewer']);

export const organisations = pgTable('organisations', {
  id: id<OrgId>(),
  name: text('name').notNull(),
  /** A plan that the platform's admin has given; null: that of its subscription, else that of the installation. */
  plan: text('plan'),
  /** What it may do beyond its plan, or short of it. */
  entitlements: jsonb('entitlements').$type<Readonly<Record<string, number | boolean>>>(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** When it is deleted with all that it has; null while nobody has asked for that. */
  deleteAfter: instant('delete_after'),
});

/** How people may work in an organisation; none of it is asked for where there is no row. */
export const accessPolicies = pgTable('access_policies', {
  orgId: uuid('org_id')
    .$type<OrgId>()
    .primaryKey()
    .references(() => organisations.id, { onDelete: 'cascade' }),
  /** A session ends so many hours after sign-in, and after an eighth of them without use. */
  sessionHours: integer('session_hours'),
  updatedAt: instant('updated_at').notNull(),
});

export const memberships = pgTable(
  'memberships',
  {
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: memberRole('role').notNull(),
    joinedAt: instant('joined_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.userId] }), index('memberships_user').on(table.userId)],
);

/**
 * Who belongs to an organisation or has ever worked in it: whose names its people may read. A trigger adds whoever
 * becomes a member.
 */
export const organisationPeople = pgTable(
  'organisation_people',
  {
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.userId] }), index('organisation_people_user').on(table.userId)],
);

/** Bytes that an organisation has stored, by kind, as the database keeps them. Triggers count. */
export const storedBytes = pgTable(
  'stored_bytes',
  {
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    /** Snapshots and what was set aside of documents; results of runs. */
    kind: text('kind').$type<'documents' | 'results'>().notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.kind] })],
);

/** A link that lets whoever holds it join; only the hash of its token is kept. */
export const invitations = pgTable(
  'invitations',
  {
    id: id<InvitationId>(),
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    /** Of the link in the letter, which is made when the letter is sent. */
    letterTokenHash: text('letter_token_hash'),
    /** When set, only the account of this address may accept. */
    email: text('email'),
    role: memberRole('role').notNull(),
    createdBy: uuid('created_by')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: uuid('accepted_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    uniqueIndex('invitations_token').on(table.tokenHash),
    uniqueIndex('invitations_letter_token').on(table.letterTokenHash),
    index('invitations_org').on(table.orgId),
    index('invitations_created_by').on(table.createdBy),
    index('invitations_accepted_by').on(table.acceptedBy),
  ],
);
