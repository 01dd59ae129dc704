import { foreignKey, index, pgTable, uuid } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId, UserId, VersionId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { formulas, versions } from './formulas.ts';
import { users } from './users.ts';

/** Formulas that were made of a version of another one, to be merged back. Never updated. */
export const branches = pgTable(
  'branches',
  {
    /** The branch: a formula like any other. */
    formulaId: uuid('formula_id').$type<FormulaId>().primaryKey(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    originId: uuid('origin_id').$type<FormulaId>().notNull(),
    originVersionId: uuid('origin_version_id').$type<VersionId>().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('branches_origin').on(table.originId, table.createdAt),
    index('branches_origin_version').on(table.originVersionId),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.originId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      columns: [table.orgId, table.originVersionId],
      foreignColumns: [versions.orgId, versions.id],
    }).onDelete('cascade'),
  ],
);

/** What was taken of a branch into its origin, or the other way, and when. */
export const merges = pgTable(
  'merges',
  {
    id: id(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    /** Of the two, the branch. */
    branchId: uuid('branch_id').$type<FormulaId>().notNull(),
    /** Into which of them changes were taken. */
    intoId: uuid('into_id').$type<FormulaId>().notNull(),
    /** What the other one said. */
    sourceVersionId: uuid('source_version_id').$type<VersionId>().notNull(),
    beforeVersionId: uuid('before_version_id').$type<VersionId>().notNull(),
    afterVersionId: uuid('after_version_id').$type<VersionId>().notNull(),
    /** The version with which the next merge compares both sides. */
    nextBaseId: uuid('next_base_id').$type<VersionId>().notNull(),
    mergedBy: uuid('merged_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    mergedAt: instant('merged_at').notNull().defaultNow(),
    undoneAt: instant('undone_at'),
  },
  (table) => [
    index('merges_branch').on(table.branchId, table.mergedAt),
    index('merges_into').on(table.intoId),
    index('merges_source').on(table.sourceVersionId),
    index('merges_before').on(table.beforeVersionId),
    index('merges_after').on(table.afterVersionId),
    index('merges_next_base').on(table.nextBaseId),
    index('merges_by').on(table.mergedBy),
    foreignKey({ columns: [table.orgId, table.branchId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.intoId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    ...[table.sourceVersionId, table.beforeVersionId, table.afterVersionId, table.nextBaseId].map((version) =>
      foreignKey({ columns: [table.orgId, version], foreignColumns: [versions.orgId, versions.id] }).onDelete(
        'cascade',
      ),
    ),
  ],
);
