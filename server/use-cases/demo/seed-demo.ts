import { idOf, type FormulaId, type OrgId, type UserId, type VersionId } from '#core/requests/ids.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import type { Draft } from '#server/compute/formula/draft.ts';
import { FORMULA_TASKS } from '#server/compute/formula/formula-tasks.ts';
import type { Database, Tx } from '#server/db/database.ts';
import { insertMembership, insertOrganisation } from '#server/db/queries/organisations.ts';
import { insertPublication } from '#server/db/queries/publications.ts';
import { askReviewers, insertReview } from '#server/db/queries/reviews.ts';
import { hasUsers, insertUser, lockUsers } from '#server/db/queries/users.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross, type Unit, type WideUnit } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { loadDraft } from '../document/draft.ts';
import { storeFormula } from '../formula/create-formula.ts';
import { addSampleMarket } from '../market/sample-market.ts';
import { takeVersion } from '../version/take-version.ts';
import { DEMO_FORMULAS } from './demo-formulas.ts';
import { DEMO, PUBLISHED_HASH, type Demo } from './demo.ts';
import { hasPublishedLogins, randomPassword } from './published-logins.ts';
import { queueDemoRuns } from './queue-demo-runs.ts';

const ORGANISATION = 'Northwind Capital';

/** Enough to look around with, whatever plan the installation gives: a plan can still be bought. */
const DEMO_ENTITLEMENTS = {
  backtestsADay: 100,
  backtestsAMonth: 1000,
  sweepsADay: 20,
  unfinishedRuns: 20,
  bots: 5,
  runningBots: 5,
  members: 10,
};

const STARTS = freely('whoever starts the server over an empty database');

interface Seeding {
  readonly onlyHere: boolean;
  /** Whether backtests and a sweep are queued, and a bot runs; yes, when left out. */
  readonly withRuns?: boolean;
  readonly now?: Date;
}

/**
 * Fills an empty database with the demo, once. Gives the logins that work: where this machine alone reaches the server
 * (`onlyHere`) the published ones, at later starts too; elsewhere with a random password, at the one start that makes
 * them. Null otherwise.
 */
export async function seedDemo(
  db: Database,
  { onlyHere, withRuns = true, now = new Date() }: Seeding,
): Promise<Demo | null> {
  const state = await readAcross(db, STARTS, lookAround);
  if (state === 'published' && onlyHere) return DEMO;
  if (state !== 'empty') return null;
  const password = onlyHere ? DEMO.password : randomPassword();
  const passwordHash = onlyHere ? PUBLISHED_HASH : await hashPassword(password, { share: 'start', account: 'demo' });
  return actAcross({ db, now, from: NOWHERE }, STARTS, async (unit) => {
    const { tx } = unit;
    unit.nothingHappened();
    // Of two processes that start at once, the second finds the demo of the first.
    await lockUsers(tx);
    const found = await lookAround(tx);
    if (found === 'empty') await fill(unit, { passwordHash, withRuns });
    if (found === 'empty') return { ...DEMO, password };
    return found === 'published' && onlyHere ? DEMO : null;
  });
}

async function lookAround(tx: Tx): Promise<'empty' | 'published' | 'other'> {
  if (await hasPublishedLogins(tx)) return 'published';
  return (await hasUsers(tx)) ? 'other' : 'empty';
}

interface InReview {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
  /** The published one. */
  readonly versionId: VersionId;
  readonly now: Date;
  readonly draft: Draft | null;
  readonly reviewer: UserId;
}

/** Publishes a version, and has its successor wait for a review. */
async function reviewDraft(unit: Unit<Person>, { orgId, formulaId, versionId, now, draft, reviewer }: InReview) {
  const { tx, principal } = unit;
  await insertPublication(tx, {
    orgId,
    formulaId,
    versionId,
    notes: 'What the bot runs',
    validation: 'open',
    approvedBy: [],
    reason: null,
    publishedBy: reviewer,
    publishedAt: now,
  });
  const title = 'Buy earlier, with a stop';
  const next = await takeVersion(unit, { formulaId, draft, message: title, reuse: false });
  const reviewId = await insertReview(tx, {
    orgId,
    formulaId,
    versionId: next.id,
    baseId: versionId,
    title,
    description:
      'The threshold was so low that most falls were missed. The stop bounds what a fall that goes on can take.',
    authorId: principal.userId,
    createdAt: now,
    updatedAt: now,
  });
  await askReviewers(tx, orgId, { reviewId, userIds: [reviewer], now });
}

async function fill(
  wide: WideUnit,
  { passwordHash, withRuns }: { readonly passwordHash: string; readonly withRuns: boolean },
): Promise<void> {
  const { tx } = wide;
  const orgId = await insertOrganisation(tx, ORGANISATION, DEMO_ENTITLEMENTS);
  const ids: UserId[] = [];
  for (const { name, email, role } of DEMO.people) {
    const userId = await insertUser(tx, { name, email, passwordHash });
    await insertMembership(tx, { orgId, userId, role });
    ids.push(userId);
  }
  const [owner, ben] = DEMO.people;
  const [userId, benId] = ids;
  if (!owner || userId === undefined) throw new Error('the demo has people');

  const marketId = await addSampleMarket(tx, orgId);
  const person: Person = { kind: 'person', ...owner, userId, orgId, orgName: ORGANISATION, sessionId: 'seed' };
  const unit = wide.as(person);
  const formulas = new Map<string, { formulaId: FormulaId; versionId: VersionId }>();
  for (const { name, code, first } of DEMO_FORMULAS) {
    const formulaId = idOf('formula', crypto.randomUUID());
    const state = FORMULA_TASKS.ofText({ formulaId, title: name, text: code });
    await storeFormula(unit, { id: formulaId, name, state }, 'formula.created');
    const now = await loadDraft(tx, formulaId);
    const draft =
      first === undefined
        ? now
        : FORMULA_TASKS.draft({ updates: [FORMULA_TASKS.ofText({ formulaId, title: name, text: first })] });
    const { id: versionId } = await takeVersion(unit, { formulaId, draft, message: 'First version', reuse: false });
    formulas.set(name, { formulaId, versionId });
    if (first !== undefined && ben && benId !== undefined) {
      const asBen: Person = { ...person, ...ben, userId: benId };
      const published = { orgId, formulaId, versionId, now: unit.now };
      await reviewDraft(wide.as(asBen), { ...published, draft: now, reviewer: userId });
    }
  }
  if (withRuns) await queueDemoRuns(unit, { formulas, marketId });
}
