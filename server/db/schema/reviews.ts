import { foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId, ReviewId, UserId, VersionId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { formulas, versions } from './formulas.ts';
import { memberships } from './organisations.ts';
import { users } from './users.ts';

/** Somebody asks others to look at a version of a strategy. */
export const reviews = pgTable(
  'reviews',
  {
    id: id<ReviewId>(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    /** The version to look at: another one each time that the review is brought up to the draft. */
    versionId: uuid('version_id').$type<VersionId>().notNull(),
    /** What the version is compared with; null: with nothing. */
    baseId: uuid('base_id').$type<VersionId>(),
    title: text('title').notNull(),
    description: text('description').notNull(),
    authorId: uuid('author_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    state: text('state', { enum: ['open', 'closed', 'withdrawn'] })
      .notNull()
      .default('open'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    unique('reviews_org_id').on(table.orgId, table.id),
    index('reviews_org_updated').on(table.orgId, table.updatedAt, table.id),
    index('reviews_formula').on(table.formulaId, table.updatedAt),
    index('reviews_version').on(table.versionId),
    index('reviews_base').on(table.baseId),
    index('reviews_author').on(table.authorId),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.versionId], foreignColumns: [versions.orgId, versions.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.baseId], foreignColumns: [versions.orgId, versions.id] }).onDelete(
      'cascade',
    ),
  ],
);

/** Who is asked. Whoever leaves the organisation is asked no more. */
export const reviewers = pgTable(
  'reviewers',
  {
    reviewId: uuid('review_id').$type<ReviewId>().notNull(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    userId: uuid('user_id').$type<UserId>().notNull(),
    /** When they were asked last. */
    askedAt: instant('asked_at').notNull(),
    /** When they answered since; null: the review waits for them. */
    answeredAt: instant('answered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.reviewId, table.userId] }),
    index('reviewers_user').on(table.orgId, table.userId),
    foreignKey({ columns: [table.orgId, table.reviewId], foreignColumns: [reviews.orgId, reviews.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      columns: [table.orgId, table.userId],
      foreignColumns: [memberships.orgId, memberships.userId],
    }).onDelete('cascade'),
  ],
);

/** What somebody said of a version in a review. Never changed: whoever thinks otherwise later says so. */
export const reviewVerdicts = pgTable(
  'review_verdicts',
  {
    id: id(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    reviewId: uuid('review_id').$type<ReviewId>().notNull(),
    versionId: uuid('version_id').$type<VersionId>().notNull(),
    /** Of the version: what the verdict is about, whatever is saved later. */
    contentHash: text('content_hash').notNull(),
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    verdict: text('verdict', { enum: ['approved', 'changes', 'commented'] }).notNull(),
    note: text('note').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    index('review_verdicts_review').on(table.orgId, table.reviewId, table.at),
    index('review_verdicts_version').on(table.versionId),
    index('review_verdicts_user').on(table.userId),
    foreignKey({ columns: [table.orgId, table.reviewId], foreignColumns: [reviews.orgId, reviews.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.versionId], foreignColumns: [versions.orgId, versions.id] }).onDelete(
      'cascade',
    ),
  ],
);
