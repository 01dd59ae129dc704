import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { organisations } from './organisations.ts';
import { users } from './users.ts';

/** The last sequence given out in an organisation; its row lock makes sequences commit in order. */
export const eventStreams = pgTable('event_streams', {
  orgId: uuid('org_id')
    .$type<OrgId>()
    .primaryKey()
    .references(() => organisations.id, { onDelete: 'cascade' }),
  lastSequence: bigint('last_sequence', { mode: 'number' }).notNull(),
});

/** What happened, for open browsers. */
export const events = pgTable(
  'events',
  {
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.sequence] }), index('events_created').on(table.createdAt)],
);

/**
 * Who did what; written in the transaction of the act. A trigger chains the rows of an organisation by their hashes, as
 * `core/audit/chain.ts` describes; rows that are older than the chain have no sequence.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: id(),
    /** Null: it happened in the installation, in no organisation. */
    orgId: uuid('org_id')
      .$type<OrgId>()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    actorId: uuid('actor_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    /** A person, a key, a bot, the system, or a stranger; null in rows that are older than this column. */
    actorKind: text('actor_kind', { enum: ['person', 'key', 'bot', 'system', 'stranger'] }),
    /** The key, the bot or the task, where `actor_id` does not say it. */
    actorName: text('actor_name'),
    action: text('action').notNull(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    at: instant('at').notNull().defaultNow(),
    ip: text('ip'),
    /** Browser and system, such as `Firefox on Linux`. */
    device: text('device'),
    /** The request that did it, as in the log. */
    requestId: text('request_id'),
    /** The chain of the session. */
    session: text('session'),
    /** What changed: `{ field: [before, after] }`. */
    difference: jsonb('difference').$type<Record<string, readonly [unknown, unknown]>>(),
    /** The place in the chain, from 1; everything from here on is written by the trigger. */
    sequence: bigint('sequence', { mode: 'number' }),
    /** Hash of the actor and where they were, with the salt that is taken away when they are erased. */
    who: text('who'),
    whoSalt: text('who_salt'),
    /** Hash of the difference, likewise. */
    what: text('what'),
    whatSalt: text('what_salt'),
    /** Hash of the row and of the row before. */
    hash: text('hash'),
  },
  (table) => [
    index('audit_log_org_at').on(table.orgId, table.at, table.id),
    index('audit_log_org_entity').on(table.orgId, table.entityId, table.at),
    index('audit_log_org_action').on(table.orgId, table.action, table.at),
    index('audit_log_actor').on(table.orgId, table.actorId, table.at),
    index('audit_log_user').on(table.actorId),
    index('audit_log_org_sequence').on(table.orgId, table.sequence),
  ],
);

/** The end of each chain of the audit. Its row lock makes the places of a chain commit in order, on any server. */
export const auditChains = pgTable('audit_chains', {
  /** The organisation; `INSTALLATION_CHAIN` of what happens in none. */
  id: uuid('id').primaryKey(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
});

/** Where a chain has been, now and then: what is found in an older backup or log can be compared. */
export const auditCheckpoints = pgTable(
  'audit_checkpoints',
  {
    chain: uuid('chain').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    hash: text('hash').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.sequence] })],
);
