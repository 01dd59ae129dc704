import { foreignKey, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId, UserId, VersionId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { formulas, versions } from './formulas.ts';
import { users } from './users.ts';

/**
 * Who worked on a draft, in stretches of time: what is kept of updates when they are merged into the snapshot. A
 * stretch ends with a version, or with a rest.
 */
export const contributions = pgTable(
  'contributions',
  {
    id: id(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    /** Null for what the house did, or somebody who is gone. */
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    /** The number of the newest version before it; 0 when there was none. */
    afterVersion: integer('after_version').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at').notNull(),
    /** Updates that were committed. */
    changes: integer('changes').notNull(),
  },
  (table) => [
    index('contributions_place').on(table.formulaId, table.afterVersion, table.endedAt),
    index('contributions_user').on(table.userId),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
  ],
);

/** What people call a version beside its message, which never changes; and what a file said of it. */
export const versionLabels = pgTable(
  'version_labels',
  {
    versionId: uuid('version_id').$type<VersionId>().primaryKey(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    name: text('name').notNull().default(''),
    tags: text('tags').array().notNull().default([]),
    /** Of a version that came in a file: who made it and when, as the file says. Nobody's account. */
    saidAuthor: text('said_author'),
    saidAt: instant('said_at'),
  },
  (table) => [
    index('version_labels_version').on(table.orgId, table.versionId),
    foreignKey({ columns: [table.orgId, table.versionId], foreignColumns: [versions.orgId, versions.id] }).onDelete(
      'cascade',
    ),
  ],
);
