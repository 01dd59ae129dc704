import type { ReviewId, UserId } from '#core/requests/ids.ts';
import { lockFormula } from '#server/db/queries/formulas.ts';
import {
  askReviewers,
  countVerdicts,
  findReview,
  insertVerdict,
  listLastVerdicts,
  listReviewers,
  lockReview,
  markAnswered,
  updateReview,
} from '#server/db/queries/reviews.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { REVIEWS } from '#server/policies/limits.ts';
import type { Person } from '#server/policies/principal.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Caller, Reader } from '../context.ts';
import { readDraft } from '../document/draft.ts';
import { takeVersion } from '../version/take-version.ts';
import { changesBetween, sentencesOf } from '../version/told-changes.ts';
import { requireReviewer } from './ask-review.ts';

type Review = NonNullable<Awaited<ReturnType<typeof findReview>>>;

export const noReview = () => new AppError('NOT_FOUND', 'There is no such review.');

/** A review that nobody else changes meanwhile, and whose strategy nobody publishes. */
async function lock({ tx, principal: { orgId } }: Unit, id: ReviewId): Promise<Review> {
  const found = await findReview(tx, orgId, id);
  if (!found) throw noReview();
  await lockFormula(tx, orgId, found.formulaId);
  await lockReview(tx, orgId, id);
  // A statement of its own, after the locks: it sees what was committed meanwhile.
  const review = await findReview(tx, orgId, id);
  if (!review) throw noReview();
  return review;
}

function requireOpen({ state }: Review): void {
  if (state !== 'open')
    throw new AppError('CONFLICT', `This review is ${state}. Open it again, or ask for another one.`);
}

interface Answer {
  readonly id: ReviewId;
  readonly verdict: 'approved' | 'changes' | 'commented';
  /** What the version said that they looked at. */
  readonly contentHash: string;
  readonly note: string;
}

/** Says of the version what somebody thinks of it. An approval is of exactly what the version says. */
export function answerReview(caller: Caller<Person>, { id, verdict, contentHash, note }: Answer): Promise<void> {
  return act(caller, 'review.answer', async (unit) => {
    const review = await lock(unit, id);
    const { tx, principal, now } = unit;
    const { orgId, userId } = principal;
    requireOpen(review);
    const isOwn = review.authorId === userId;
    if (isOwn && verdict !== 'commented')
      throw new AppError('INVALID', 'You asked for this review: somebody else has to approve it.');
    if (verdict === 'commented' && note === '') throw new AppError('INVALID', 'Write what you want to say.');
    if (review.contentHash !== contentHash)
      throw new AppError(
        'CONFLICT',
        `The review is of version ${review.versionNumber} now, and you looked at an earlier one. Look at what has changed, and answer again.`,
      );
    if ((await countVerdicts(tx, orgId, id)) >= REVIEWS.verdicts)
      throw new AppError(
        'INVALID',
        'So much was said in this review that it is full. Go on in the comments, or ask anew.',
      );
    await insertVerdict(tx, {
      orgId,
      reviewId: id,
      versionId: review.versionId,
      contentHash,
      userId,
      verdict,
      note,
      at: now,
    });
    if (!isOwn) await markAnswered(tx, orgId, { reviewId: id, userId, now });
    await updateReview(tx, orgId, id, { updatedAt: now });
    unit.happened('review.answered', {
      reviewId: id,
      formulaId: review.formulaId,
      title: review.title,
      by: userId,
      to: isOwn ? null : review.authorId,
      verdict,
      version: review.versionNumber,
      contentHash,
      at: now.getTime(),
    });
  });
}

/** Whoever waits and was asked within this time is not told again: a notice a click would be a flood. */
const ASK_AGAIN_MS = 10 * 60_000;

/** Asks more people, or some of them again. */
export function requestReview(
  caller: Caller<Person>,
  { id, people }: { readonly id: ReviewId; readonly people: readonly UserId[] },
): Promise<void> {
  return act(caller, 'review.ask', async (unit) => {
    const review = await lock(unit, id);
    const { tx, principal, now } = unit;
    const { orgId } = principal;
    requireOpen(review);
    for (const userId of people) {
      if (userId === review.authorId)
        throw new AppError('INVALID', 'Whoever asked for a review is not asked themselves.');
      // An editor may ask for somebody else's review, and be asked for it.
      if (userId !== principal.userId) await requireReviewer(tx, principal, userId);
    }
    const asked = await listReviewers(tx, orgId, [id]);
    if (new Set([...asked.map(({ userId }) => userId), ...people]).size > REVIEWS.people)
      throw new AppError('INVALID', `Ask at most ${REVIEWS.people} people.`);
    const knows = new Set(
      asked
        .filter(({ askedAt, answeredAt }) => answeredAt === null && now.getTime() - askedAt.getTime() < ASK_AGAIN_MS)
        .map(({ userId }) => userId),
    );
    const told = people.filter((userId) => !knows.has(userId));
    if (told.length === 0)
      throw new AppError('INVALID', 'They were asked a moment ago, and have not answered yet. Give them ten minutes.');
    await askReviewers(tx, orgId, { reviewId: id, userIds: told, now });
    await updateReview(tx, orgId, id, { updatedAt: now });
    unit.happened('review.requested', {
      reviewId: id,
      formulaId: review.formulaId,
      title: review.title,
      by: principal.userId,
      people: told.filter((userId) => userId !== principal.userId),
      at: now.getTime(),
    });
  });
}

/** Brings a review up to the draft: what was said of the version before stays, and counts for the draft no more. */
export async function moveReview(
  caller: Reader<Person>,
  { id }: { readonly id: ReviewId },
): Promise<{ number: number }> {
  const { orgId } = caller.principal;
  const seen = await read(caller, 'review.ask', async (tx) => {
    const review = await findReview(tx, orgId, id);
    if (!review) throw noReview();
    return { review, base: review.baseId === null ? null : await findVersion(tx, orgId, review.baseId) };
  });
  const { formulaId } = seen.review;
  const draft = await readDraft(caller, 'review.ask', formulaId);
  const changes = draft ? sentencesOf(await changesBetween(caller, seen.base?.json ?? null, draft.json)) : [];
  return act(caller, 'review.ask', async (unit) => {
    const review = await lock(unit, id);
    const { tx, principal, now } = unit;
    requireOpen(review);
    if (draft?.contentHash === review.contentHash)
      throw new AppError('INVALID', `The draft says what version ${review.versionNumber} says: there is nothing new.`);
    const version = await takeVersion(unit, { formulaId, draft, message: review.title, reuse: true });
    await updateReview(tx, orgId, id, { versionId: version.id, updatedAt: now });
    const said = await listLastVerdicts(tx, orgId, [id]);
    unit.happened('review.moved', {
      reviewId: id,
      formulaId,
      title: review.title,
      version: [review.versionNumber, version.number],
      changes,
      by: principal.userId,
      told: said.flatMap(({ userId }) => (userId === null || userId === principal.userId ? [] : [userId])),
    });
    return { number: version.number };
  });
}

interface Described {
  readonly id: ReviewId;
  readonly title: string;
  readonly description: string;
}

export function describeReview(caller: Caller<Person>, { id, title, description }: Described): Promise<void> {
  return act(caller, 'review.ask', async (unit) => {
    const review = await lock(unit, id);
    if (title === review.title && description === review.description) return unit.nothingHappened();
    await updateReview(unit.tx, unit.principal.orgId, id, { title, description, updatedAt: unit.now });
    unit.happened('review.described', { reviewId: id, formulaId: review.formulaId, title, before: review.title });
  });
}

/**
 * Ends a review, or takes it up again. Only whoever asked withdraws one: approvals that were given in it count no more
 * then.
 */
export function endReview(
  caller: Caller<Person>,
  { id, state }: { readonly id: ReviewId; readonly state: 'open' | 'closed' | 'withdrawn' },
): Promise<void> {
  return act(caller, 'review.ask', async (unit) => {
    const review = await lock(unit, id);
    if (review.state === state) return unit.nothingHappened();
    const isOwn = review.authorId === unit.principal.userId;
    if (!isOwn && (state === 'withdrawn' || review.state === 'withdrawn'))
      throw new AppError('FORBIDDEN', 'Only whoever asked for a review can withdraw it. You can close it.');
    await updateReview(unit.tx, unit.principal.orgId, id, { state, updatedAt: unit.now });
    unit.happened('review.ended', {
      reviewId: id,
      formulaId: review.formulaId,
      title: review.title,
      state: [review.state, state],
    });
  });
}
