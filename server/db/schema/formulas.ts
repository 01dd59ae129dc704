import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { SaidOrigin } from '#core/history/history-file.ts';
import type { FormulaId, OrgId, UserId, VersionId } from '#core/requests/ids.ts';
import { bytes, id, instant } from './columns.ts';
import { organisations } from './organisations.ts';
import { users } from './users.ts';

export const formulas = pgTable(
  'formulas',
  {
    id: id<FormulaId>(),
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    createdBy: uuid('created_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    archivedAt: instant('archived_at'),
    /** Words that people find it by, in their order. */
    tags: text('tags').array().notNull().default([]),
    /** Since when its shared document has been found unreadable: it is set aside until somebody recovers it. */
    unreadableSince: instant('unreadable_since'),
    /**
     * Of a formula that came in a file with its history: which version of what it was a branch of, as the file says.
     */
    saidOrigin: jsonb('said_origin').$type<SaidOrigin>(),
  },
  (table) => [
    // Lets other tables refer to (org_id, id): a foreign key passes by row-level security, so it must name the
    // organisation itself.
    unique('formulas_org_id').on(table.orgId, table.id),
    index('formulas_org_updated').on(table.orgId, table.updatedAt),
    index('formulas_created_by').on(table.createdBy),
  ],
);

/** The state of the shared document up to and including `sequence`. */
export const formulaSnapshots = pgTable(
  'formula_snapshots',
  {
    formulaId: uuid('formula_id').$type<FormulaId>().primaryKey(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    state: bytes('state').notNull(),
    /** Raised when the document is copied into a fresh one; clients of an older epoch reload. */
    epoch: integer('epoch').notNull().default(1),
    /** How many clients have ever written what is in `state`: each makes every later edit dearer. */
    clients: integer('clients').notNull().default(1),
    /** How many pieces of `state` are of what was deleted or overwritten. */
    dead: integer('dead').notNull().default(0),
    /** When updates were last merged into the snapshot; null for a snapshot that is as it was made. */
    compactedAt: instant('compacted_at'),
  },
  (table) => [
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
  ],
);

/** Yjs updates after the snapshot, in the order in which they were committed. */
export const formulaUpdates = pgTable(
  'formula_updates',
  {
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    actorId: uuid('actor_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    bytes: bytes('bytes').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.formulaId, table.sequence] }),
    index('formula_updates_actor').on(table.actorId),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
  ],
);

/**
 * What was stored of documents that could not be read, as it was, from when they were recovered: somebody may still
 * read it by hand.
 */
export const damagedDocuments = pgTable(
  'damaged_documents',
  {
    id: id<VersionId>(),
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    epoch: integer('epoch').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    /** Of a snapshot, or of an update. */
    bytes: bytes('bytes').notNull(),
    setAsideAt: instant('set_aside_at').notNull().defaultNow(),
  },
  (table) => [
    index('damaged_documents_formula').on(table.orgId, table.formulaId),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
  ],
);

/**
 * What the document had at the end of each epoch before the current one: so that changes of which the acknowledgement
 * got lost are not made twice.
 */
export const formulaEpochs = pgTable(
  'formula_epochs',
  {
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    epoch: integer('epoch').notNull(),
    /** A snapshot of Yjs: clocks and deletions, no content. */
    had: bytes('had').notNull(),
    endedAt: instant('ended_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.formulaId, table.epoch] }),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
  ],
);

/**
 * A formula as it was at a moment: a version where a person named it (then it has a number), otherwise a snapshot that
 * a run was of. Never updated: a trigger refuses it.
 */
export const versions = pgTable(
  'versions',
  {
    id: id<VersionId>(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    /** Of a version; null for a snapshot. */
    number: integer('number'),
    message: text('message').notNull(),
    authorId: uuid('author_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    code: text('code').notNull(),
    /** The formula as canonical JSON text, kept as written. */
    json: text('json').notNull(),
    contentHash: text('content_hash').notNull(),
    /** How many errors the check found; a version may be saved with errors but not run. */
    errorCount: integer('error_count').notNull(),
    parentId: uuid('parent_id').$type<VersionId>(),
    documentState: bytes('document_state').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('versions_formula_number').on(table.formulaId, table.number),
    unique('versions_org_id').on(table.orgId, table.id),
    index('versions_parent').on(table.parentId),
    index('versions_content').on(table.formulaId, table.contentHash),
    index('versions_author').on(table.authorId),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.parentId], foreignColumns: [table.orgId, table.id] }),
  ],
);
