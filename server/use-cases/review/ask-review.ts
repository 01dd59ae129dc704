import type { FormulaId, OrgId, ReviewId, UserId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { findRole } from '#server/db/queries/organisations.ts';
import { findPublishedBefore } from '#server/db/queries/publications.ts';
import { askReviewers, insertReview } from '#server/db/queries/reviews.ts';
import { findNewestVersion, findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { roleMay } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { readDraft } from '../document/draft.ts';
import { requireQuota } from '../quota.ts';
import { takeVersion } from '../version/take-version.ts';
import { changesBetween, sentencesOf } from '../version/told-changes.ts';

export interface NewReview {
  readonly formulaId: FormulaId;
  readonly title: string;
  readonly description: string;
  readonly people: readonly UserId[];
  /** The version to look at; left out: the draft, which becomes a version. */
  readonly versionId?: VersionId | undefined;
  /** What to compare with; left out: the version that was published last before. */
  readonly baseId?: VersionId | undefined;
}

/** Asks people to look at a version of a strategy. */
export async function askReview(caller: Reader<Person>, input: NewReview): Promise<{ id: ReviewId }> {
  const { orgId } = caller.principal;
  const { formulaId, versionId, title, people } = input;
  const wanted = versionId === undefined ? await readDraft(caller, 'review.ask', formulaId) : null;
  const known = await read(caller, 'review.ask', async (tx) => {
    const version = versionId === undefined ? null : await findVersion(tx, orgId, versionId);
    if (versionId !== undefined && version?.formulaId !== formulaId) throw noVersion();
    const number = version?.number ?? ((await findNewestVersion(tx, orgId, formulaId))?.number ?? 0) + 1;
    return { version, base: await findBase(tx, orgId, { ...input, number }) };
  });
  const json = known.version?.json ?? wanted?.json;
  if (json === undefined) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  const changes = sentencesOf(await changesBetween(caller, known.base?.json ?? null, json));
  return act(caller, 'review.ask', async (unit) => {
    const { tx, principal, now } = unit;
    const version =
      known.version ?? (await takeVersion(unit, { formulaId, draft: wanted, message: title, reuse: true }));
    if (version.id === known.base?.id)
      throw new AppError('INVALID', `There is nothing to review: the draft says what version ${version.number} says.`);
    for (const userId of people) await requireReviewer(tx, principal, userId);
    await requireQuota(tx, orgId, 'reviews');
    const id = await insertReview(tx, {
      orgId,
      formulaId,
      versionId: version.id,
      baseId: known.base?.id ?? null,
      title,
      description: input.description,
      authorId: principal.userId,
      createdAt: now,
      updatedAt: now,
    });
    await askReviewers(tx, orgId, { reviewId: id, userIds: people, now });
    unit.happened('review.asked', {
      reviewId: id,
      formulaId,
      title,
      version: [known.base?.number ?? null, version.number],
      changes,
      by: principal.userId,
      people,
      at: now.getTime(),
    });
    return { id };
  });
}

async function findBase(
  tx: Tx,
  orgId: OrgId,
  { formulaId, baseId, number }: Pick<NewReview, 'formulaId' | 'baseId'> & { readonly number: number },
) {
  const id = baseId ?? (await findPublishedBefore(tx, orgId, formulaId, number));
  if (id === null) return null;
  const base = await findVersion(tx, orgId, id);
  if (base?.formulaId !== formulaId) throw noVersion();
  return base;
}

const noVersion = () => new AppError('NOT_FOUND', 'There is no such version of this strategy.');

/** Throws INVALID when somebody can't be asked. */
export async function requireReviewer(tx: Tx, { orgId, userId: own }: Person, userId: UserId): Promise<void> {
  if (userId === own) throw new AppError('INVALID', 'Ask somebody else: nobody reviews their own work.');
  const role = await findRole(tx, orgId, userId);
  if (role === null) throw new AppError('NOT_FOUND', 'Somebody whom you ask is not in your organisation.');
  if (!roleMay(role, 'review.answer'))
    throw new AppError('INVALID', 'Viewers can’t review. Ask somebody else, or have an admin change their role.');
}
