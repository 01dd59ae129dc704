import type { UserId, VersionId } from '#core/requests/ids.ts';
import { lockFormula } from '#server/db/queries/formulas.ts';
import { endPublication, findPublished, insertPublication } from '#server/db/queries/publications.ts';
import { closeReviewsOf } from '#server/db/queries/reviews.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Judgement } from '#server/policies/publication.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import { underLock } from '../act/right.ts';
import type { Reader } from '../context.ts';
import { judgeVersion } from '../policy/judge-version.ts';
import { requireQuota } from '../quota.ts';
import { changesBetween, sentencesOf } from '../version/told-changes.ts';
import { applyChoices, isUpgrade, requireRunnable, stopUpgradesTo, type BotChoice } from './upgrade-bots.ts';

export interface Publishing {
  readonly versionId: VersionId;
  readonly notes: string;
  readonly bots: readonly BotChoice[];
  /** Why it is published without the approvals that the policy asks for. */
  readonly reason?: string | undefined;
}

/** Under the lock under which policies and roles change: what is looked at holds until the commit. */
const RIGHT = underLock('version.publish');

/** Makes a version the published one of its strategy, and says what becomes of bots that run an older one. */
export async function publishVersion(caller: Reader<Person>, input: Publishing): Promise<void> {
  const { orgId } = caller.principal;
  const { version, before } = await read(caller, 'version.publish', async (tx) => {
    const found = await findVersion(tx, orgId, input.versionId);
    if (!found) throw noVersion();
    const published = await findPublished(tx, orgId, found.formulaId);
    return { version: found, before: published && (await findVersion(tx, orgId, published.versionId)) };
  });
  if (version.errorCount > 0) {
    const errors = version.errorCount === 1 ? 'an error' : `${version.errorCount} errors`;
    const problem = `Version ${version.number} has ${errors} and can’t run. Repair the draft, and save another version.`;
    throw new AppError('FORMULA_INVALID', problem);
  }
  const changes = sentencesOf(await changesBetween(caller, before?.json ?? null, version.json));
  await requireRunnable(caller, 'version.publish', version, input.bots);
  const { formulaId, number, id: versionId } = version;
  return act(caller, RIGHT, async (unit) => {
    const { tx, principal, now } = unit;
    if (!(await lockFormula(tx, orgId, formulaId))) throw noVersion();
    const current = await findPublished(tx, orgId, formulaId);
    if (current?.versionId === versionId)
      throw new AppError('CONFLICT', `Version ${number} is the published one already.`);
    const { judgement } = await judgeVersion(tx, orgId, version);
    const { validation, reason } = validate(unit, judgement, input.reason);
    if (input.bots.some(isUpgrade)) requirePermission(principal, 'bot.manage');
    await requireQuota(tx, orgId, 'publications');
    await endPublication(tx, orgId, { formulaId, endedAt: now, endedBy: principal.userId });
    await insertPublication(tx, {
      orgId,
      formulaId,
      versionId,
      notes: input.notes,
      validation,
      approvedBy: [...judgement.approvedBy],
      reason,
      publishedBy: principal.userId,
      publishedAt: now,
    });
    const closed = await closeReviewsOf(tx, orgId, versionId, now);
    for (const { id, title } of closed)
      unit.happened('review.ended', { reviewId: id, formulaId, title, state: ['open', 'closed'] });
    // A bot that waits for what was published before waits for what counts no more.
    if (current) await stopUpgradesTo(unit, formulaId, current.versionNumber);
    const numberOf = async (id: VersionId) => (await findVersion(tx, orgId, id))?.number ?? number;
    const moved = await applyChoices(unit, { orgId, version, numberOf }, input.bots);
    const told = new Set<UserId>(
      [...closed.map((one) => one.authorId), ...moved.map((one) => one.createdBy)].flatMap((id) => id ?? []),
    );
    told.delete(principal.userId);
    unit.happened('version.published', {
      formulaId,
      versionId,
      version: [current?.versionNumber ?? null, number],
      // Of what was published when the sentences were made.
      changes: current?.versionId === before?.id ? changes : [],
      validation,
      reason,
      by: principal.userId,
      told: [...told],
      at: now.getTime(),
    });
  });
}

type Validated =
  | { readonly validation: 'approved' | 'open'; readonly reason: null }
  | { readonly validation: 'overridden'; readonly reason: string };

function validate({ principal }: Unit, { problem, needed }: Judgement, reason: string | undefined): Validated {
  if (problem === null) return { validation: needed === 0 ? 'open' : 'approved', reason: null };
  if (reason === undefined || reason === '') throw new AppError('NOT_APPROVED', problem);
  requirePermission(principal, 'policy.override');
  return { validation: 'overridden', reason };
}

const noVersion = () => new AppError('NOT_FOUND', 'There is no such version.');
