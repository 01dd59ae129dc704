import type { ReviewId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import {
  countWaiting,
  findReview,
  listLastVerdicts,
  listReviewers,
  listReviews as select,
  listVerdicts,
  type ReviewFilter,
} from '#server/db/queries/reviews.ts';
import { listNames } from '#server/db/queries/users.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { userOf } from '#server/policies/principal.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { judgeVersion } from '../policy/judge-version.ts';
import { noReview } from './change-review.ts';

type Row = Awaited<ReturnType<typeof select>>[number];

/** Somebody who is asked, or has answered. */
export interface Reviewer {
  readonly userId: UserId;
  readonly name: string;
  readonly askedAt: number;
  /** Whether the review waits for them. */
  readonly isWaiting: boolean;
  /** What they said last, whatever of; null: nothing yet. */
  readonly verdict: 'approved' | 'changes' | null;
  /** What the version said that the verdict is of. */
  readonly contentHash: string | null;
}

/** The people of several reviews; of a review that has none, none. */
async function peopleOf(tx: Tx, caller: Caller, ids: readonly ReviewId[]) {
  const { orgId } = caller.principal;
  const asked = await listReviewers(tx, orgId, ids);
  const said = await listLastVerdicts(tx, orgId, ids);
  return Map.groupBy(
    asked.map(({ reviewId, userId, name, askedAt, answeredAt }) => {
      const last = said.find((one) => one.reviewId === reviewId && one.userId === userId);
      const verdict = last?.verdict === 'approved' || last?.verdict === 'changes' ? last.verdict : null;
      const person: Reviewer = {
        userId,
        name,
        askedAt: askedAt.getTime(),
        isWaiting: answeredAt === null,
        verdict,
        contentHash: verdict === null ? null : (last?.contentHash ?? null),
      };
      return { reviewId, person };
    }),
    ({ reviewId }) => reviewId,
  );
}

function present({ authorId, authorName, createdAt, updatedAt, ...row }: Row, people: readonly Reviewer[]) {
  return {
    ...row,
    author: authorId === null || authorName === null ? null : { id: authorId, name: authorName },
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
    people: [...people],
  };
}

/** The last changed first. */
export function listReviews(caller: Caller, wanted: ReviewFilter & Page) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const { formulaId } = wanted;
    if (formulaId !== undefined && !(await findFormula(tx, orgId, formulaId)))
      throw new AppError('NOT_FOUND', 'There is no such strategy.');
    const rows = await select(tx, { orgId, userId: userOf(caller.principal) }, wanted);
    const people = await peopleOf(
      tx,
      caller,
      rows.map(({ id }) => id),
    );
    return rows.map(({ description: _long, ...row }) => {
      const { description: _empty, ...summary } = present(
        { ...row, description: '' },
        (people.get(row.id) ?? []).map(({ person }) => person),
      );
      return summary;
    });
  });
}

/** How many reviews wait for this person. */
export function countReviews(caller: Caller) {
  const userId = userOf(caller.principal);
  return read(caller, 'org.read', async (tx) => ({
    waiting: userId === null ? 0 : await countWaiting(tx, caller.principal.orgId, userId),
  }));
}

/** A review with what was said in it, and whether its version may be published. */
export function getReview(caller: Caller, { id }: { readonly id: ReviewId }) {
  const { orgId } = caller.principal;
  return read(
    caller,
    'org.read',
    async (tx) => {
      const row = await findReview(tx, orgId, id);
      if (!row) throw noReview();
      const people = await peopleOf(tx, caller, [id]);
      const said = await listVerdicts(tx, orgId, id);
      const version = await findVersion(tx, orgId, row.versionId);
      if (!version) throw noReview();
      const { judgement } = await judgeVersion(tx, orgId, version);
      const names = await listNames(tx, [...new Set(said.flatMap(({ userId }) => userId ?? []))]);
      return {
        ...present(
          row,
          (people.get(id) ?? []).map(({ person }) => person),
        ),
        errorCount: version.errorCount,
        judgement,
        said: said.map(({ userId, at, ...one }) => ({
          ...one,
          author: userId === null ? null : { id: userId, name: names.get(userId) ?? '' },
          at: at.getTime(),
        })),
      };
    },
    'snapshot',
  );
}
