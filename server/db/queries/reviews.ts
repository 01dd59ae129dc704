import { and, asc, count, desc, eq, exists, ilike, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId, ReviewId, UserId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import {
  contributions,
  formulas,
  formulaUpdates,
  memberships,
  reviewers,
  reviews,
  reviewVerdicts,
  users,
  versions,
} from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';

type ReviewRow = typeof reviews.$inferSelect;

export interface ReviewFilter {
  readonly which: 'waiting' | 'mine' | 'all';
  readonly state: 'open' | 'done' | 'any';
  readonly formulaId?: FormulaId | undefined;
  /** Part of the title or of the strategy's name. */
  readonly text?: string | undefined;
}

const base = alias(versions, 'base');

/**
 * Whether the draft was edited since the version was taken: by its last update, or by updates that were merged since.
 * What the draft says by now only the shared document tells.
 */
const isEditedSince = sql<boolean>`(
  coalesce((select u.created_at from ${formulaUpdates} u where u.formula_id = ${reviews.formulaId}
    order by u.sequence desc limit 1) > ${versions.createdAt}, false)
  or exists (select from ${contributions} c
    where c.formula_id = ${reviews.formulaId} and c.ended_at > ${versions.createdAt}))`;
const author = alias(users, 'review_author');

const summaries = (tx: Tx) =>
  tx
    .select({
      id: reviews.id,
      formulaId: reviews.formulaId,
      formulaName: formulas.name,
      title: reviews.title,
      description: reviews.description,
      state: reviews.state,
      authorId: reviews.authorId,
      authorName: author.name,
      versionId: reviews.versionId,
      versionNumber: sql<number>`${versions.number}`,
      contentHash: versions.contentHash,
      baseId: reviews.baseId,
      baseNumber: base.number,
      isEditedSince,
      createdAt: reviews.createdAt,
      updatedAt: reviews.updatedAt,
    })
    .from(reviews)
    .innerJoin(formulas, eq(formulas.id, reviews.formulaId))
    .innerJoin(versions, eq(versions.id, reviews.versionId))
    .leftJoin(base, eq(base.id, reviews.baseId))
    .leftJoin(author, eq(author.id, reviews.authorId));

const isWaitingFor = (tx: Tx, orgId: OrgId, userId: UserId) =>
  exists(
    tx
      .select({ one: sql`1` })
      .from(reviewers)
      .where(
        and(
          eq(reviewers.orgId, orgId),
          eq(reviewers.userId, userId),
          eq(reviewers.reviewId, reviews.id),
          isNull(reviewers.answeredAt),
        ),
      ),
  );

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** The last changed first. */
export function listReviews(
  tx: Tx,
  { orgId, userId }: { readonly orgId: OrgId; readonly userId: UserId | null },
  { which, state, formulaId, text, ...page }: ReviewFilter & Page,
) {
  return summaries(tx)
    .where(
      and(
        eq(reviews.orgId, orgId),
        state === 'any' ? undefined : state === 'open' ? eq(reviews.state, 'open') : ne(reviews.state, 'open'),
        formulaId === undefined ? undefined : eq(reviews.formulaId, formulaId),
        which === 'all' ? undefined : userId === null ? sql`false` : ofPerson(tx, orgId, userId, which),
        text === undefined || text === ''
          ? undefined
          : or(ilike(reviews.title, pattern(text)), ilike(formulas.name, pattern(text))),
        behind(reviews.updatedAt, reviews.id, page),
      ),
    )
    .orderBy(desc(reviews.updatedAt), desc(reviews.id))
    .limit(page.limit);
}

const ofPerson = (tx: Tx, orgId: OrgId, userId: UserId, which: 'waiting' | 'mine') =>
  which === 'mine' ? eq(reviews.authorId, userId) : and(eq(reviews.state, 'open'), isWaitingFor(tx, orgId, userId));

export async function countWaiting(tx: Tx, orgId: OrgId, userId: UserId): Promise<number> {
  const [row] = await tx
    .select({ waiting: count() })
    .from(reviewers)
    .innerJoin(reviews, and(eq(reviews.orgId, reviewers.orgId), eq(reviews.id, reviewers.reviewId)))
    .where(
      and(
        eq(reviewers.orgId, orgId),
        eq(reviewers.userId, userId),
        isNull(reviewers.answeredAt),
        eq(reviews.state, 'open'),
      ),
    );
  return row?.waiting ?? 0;
}

export async function findReview(tx: Tx, orgId: OrgId, id: ReviewId) {
  const [row] = await summaries(tx).where(and(eq(reviews.orgId, orgId), eq(reviews.id, id)));
  return row ?? null;
}

/**
 * The review's row, locked until the transaction ends. Lock its formula before: publishing takes both in that order.
 */
export async function lockReview(tx: Tx, orgId: OrgId, id: ReviewId): Promise<ReviewRow | null> {
  const [row] = await tx
    .select()
    .from(reviews)
    .where(and(eq(reviews.orgId, orgId), eq(reviews.id, id)))
    .for('update');
  return row ?? null;
}

export async function insertReview(tx: Tx, review: typeof reviews.$inferInsert): Promise<ReviewId> {
  const [row] = await tx.insert(reviews).values(review).returning({ id: reviews.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

export async function updateReview(
  tx: Tx,
  orgId: OrgId,
  id: ReviewId,
  change: Partial<Pick<ReviewRow, 'versionId' | 'baseId' | 'title' | 'description' | 'state' | 'updatedAt'>>,
): Promise<void> {
  await tx
    .update(reviews)
    .set(change)
    .where(and(eq(reviews.orgId, orgId), eq(reviews.id, id)));
}

/** Closes the open reviews of a version; gives which. */
export function closeReviewsOf(tx: Tx, orgId: OrgId, versionId: VersionId, now: Date) {
  return tx
    .update(reviews)
    .set({ state: 'closed', updatedAt: now })
    .where(and(eq(reviews.orgId, orgId), eq(reviews.versionId, versionId), eq(reviews.state, 'open')))
    .returning({ id: reviews.id, authorId: reviews.authorId, title: reviews.title });
}

/** Those who are asked, in the order of their names; whoever was asked before is asked again. */
export async function askReviewers(
  tx: Tx,
  orgId: OrgId,
  { reviewId, userIds, now }: { readonly reviewId: ReviewId; readonly userIds: readonly UserId[]; readonly now: Date },
): Promise<void> {
  if (userIds.length === 0) return;
  await tx
    .insert(reviewers)
    .values(userIds.map((userId) => ({ orgId, reviewId, userId, askedAt: now })))
    .onConflictDoUpdate({
      target: [reviewers.reviewId, reviewers.userId],
      set: { askedAt: now, answeredAt: null },
    });
}

/** Somebody has answered, asked or not. */
export async function markAnswered(
  tx: Tx,
  orgId: OrgId,
  { reviewId, userId, now }: { readonly reviewId: ReviewId; readonly userId: UserId; readonly now: Date },
): Promise<void> {
  await tx
    .insert(reviewers)
    .values({ orgId, reviewId, userId, askedAt: now, answeredAt: now })
    .onConflictDoUpdate({ target: [reviewers.reviewId, reviewers.userId], set: { answeredAt: now } });
}

export function listReviewers(tx: Tx, orgId: OrgId, reviewIds: readonly ReviewId[]) {
  return tx
    .select({
      reviewId: reviewers.reviewId,
      userId: reviewers.userId,
      name: users.name,
      askedAt: reviewers.askedAt,
      answeredAt: reviewers.answeredAt,
    })
    .from(reviewers)
    .innerJoin(users, eq(users.id, reviewers.userId))
    .where(and(eq(reviewers.orgId, orgId), inArray(reviewers.reviewId, [...reviewIds])))
    .orderBy(asc(users.name), asc(users.id));
}

export async function insertVerdict(tx: Tx, verdict: typeof reviewVerdicts.$inferInsert): Promise<void> {
  await tx.insert(reviewVerdicts).values(verdict);
}

export async function countVerdicts(tx: Tx, orgId: OrgId, reviewId: ReviewId): Promise<number> {
  return tx.$count(reviewVerdicts, and(eq(reviewVerdicts.orgId, orgId), eq(reviewVerdicts.reviewId, reviewId)));
}

/** What was said in a review, from the first to the last. */
export function listVerdicts(tx: Tx, orgId: OrgId, reviewId: ReviewId) {
  return tx
    .select({
      id: reviewVerdicts.id,
      userId: reviewVerdicts.userId,
      verdict: reviewVerdicts.verdict,
      note: reviewVerdicts.note,
      contentHash: reviewVerdicts.contentHash,
      versionNumber: sql<number>`${versions.number}`,
      at: reviewVerdicts.at,
    })
    .from(reviewVerdicts)
    .innerJoin(versions, eq(versions.id, reviewVerdicts.versionId))
    .where(and(eq(reviewVerdicts.orgId, orgId), eq(reviewVerdicts.reviewId, reviewId)))
    .orderBy(asc(reviewVerdicts.at), asc(reviewVerdicts.id));
}

/**
 * Of each person and review the last approval or request for changes; whichever is less, where both are of one moment.
 */
export function listLastVerdicts(tx: Tx, orgId: OrgId, reviewIds: readonly ReviewId[]) {
  return tx
    .selectDistinctOn([reviewVerdicts.reviewId, reviewVerdicts.userId], {
      reviewId: reviewVerdicts.reviewId,
      userId: reviewVerdicts.userId,
      verdict: reviewVerdicts.verdict,
      contentHash: reviewVerdicts.contentHash,
    })
    .from(reviewVerdicts)
    .where(
      and(
        eq(reviewVerdicts.orgId, orgId),
        inArray(reviewVerdicts.reviewId, [...reviewIds]),
        ne(reviewVerdicts.verdict, 'commented'),
      ),
    )
    .orderBy(reviewVerdicts.reviewId, reviewVerdicts.userId, desc(reviewVerdicts.at), desc(reviewVerdicts.verdict));
}

/**
 * What each person said last of exactly this content of a strategy, in reviews that were not withdrawn, with their role
 * of now (null: they have left).
 */
export async function listVerdictsOn(tx: Tx, orgId: OrgId, formulaId: FormulaId, contentHash: string) {
  const rows = await tx
    .selectDistinctOn([reviewVerdicts.userId], {
      userId: reviewVerdicts.userId,
      name: users.name,
      verdict: reviewVerdicts.verdict,
      role: memberships.role,
    })
    .from(reviewVerdicts)
    .innerJoin(reviews, and(eq(reviews.orgId, reviewVerdicts.orgId), eq(reviews.id, reviewVerdicts.reviewId)))
    .innerJoin(users, eq(users.id, reviewVerdicts.userId))
    .leftJoin(
      memberships,
      and(eq(memberships.orgId, reviewVerdicts.orgId), eq(memberships.userId, reviewVerdicts.userId)),
    )
    .where(
      and(
        eq(reviewVerdicts.orgId, orgId),
        eq(reviews.formulaId, formulaId),
        ne(reviews.state, 'withdrawn'),
        eq(reviewVerdicts.contentHash, contentHash),
        ne(reviewVerdicts.verdict, 'commented'),
      ),
    )
    .orderBy(reviewVerdicts.userId, desc(reviewVerdicts.at), desc(reviewVerdicts.verdict));
  return rows.flatMap(({ userId, verdict, ...row }) =>
    userId === null || verdict === 'commented' ? [] : [{ userId, verdict, ...row }],
  );
}
