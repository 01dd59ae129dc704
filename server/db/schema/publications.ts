import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId, PublicationId, UserId, VersionId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { formulas, versions } from './formulas.ts';
import { memberRole, organisations } from './organisations.ts';
import { users } from './users.ts';

/** What an organisation asks for before a version is published or runs live. No row: nothing. */
export const publicationPolicies = pgTable(
  'publication_policies',
  {
    orgId: uuid('org_id')
      .$type<OrgId>()
      .primaryKey()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    /** How many people must approve. */
    approvals: integer('approvals').notNull(),
    /** Whose approvals count. */
    roles: memberRole('roles').array().notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [check('publication_policies_approvals', sql`${table.approvals} between 0 and 5`)],
);

/** A version that was published; the one of a strategy that has not ended is its published version. */
export const publications = pgTable(
  'publications',
  {
    id: id<PublicationId>(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    versionId: uuid('version_id').$type<VersionId>().notNull(),
    notes: text('notes').notNull(),
    /** `open`: the policy asked for no approval. */
    validation: text('validation', { enum: ['approved', 'open', 'overridden'] }).notNull(),
    /** Whose approvals it had. */
    approvedBy: uuid('approved_by').array().$type<UserId[]>().notNull(),
    /** Why the policy was overridden. */
    reason: text('reason'),
    publishedBy: uuid('published_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    publishedAt: instant('published_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [
    unique('publications_org_id').on(table.orgId, table.id),
    uniqueIndex('publications_current')
      .on(table.formulaId)
      .where(sql`${table.endedAt} is null`),
    index('publications_formula').on(table.orgId, table.formulaId, table.publishedAt, table.id),
    index('publications_version').on(table.versionId),
    index('publications_published_by').on(table.publishedBy),
    index('publications_ended_by').on(table.endedBy),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.versionId], foreignColumns: [versions.orgId, versions.id] }).onDelete(
      'cascade',
    ),
    check('publications_reason', sql`(${table.validation} = 'overridden') = (${table.reason} is not null)`),
  ],
);
