import { sql } from 'drizzle-orm';
import { DEFAULT_SETTINGS } from '#core/engine/settings.ts';
import type { Actor } from '#server/auth/actor.ts';
import { asSystem, type Database, type Tx } from '#server/db/database.ts';
import { insertMembership, insertOrganisation } from '#server/db/queries/organisations.ts';
import { findUserByEmail, insertUser } from '#server/db/queries/users.ts';
import { bots, users } from '#server/db/schema/index.ts';
import { readCode, storeFormula } from '../formula/create-formula.ts';
import { addSampleMarket } from '../market/sample-market.ts';
import { takeVersion } from '../version/take-version.ts';
import { DEMO, type Demo } from './demo.ts';
import { DEMO_FORMULAS } from './demo-formulas.ts';

const ORGANISATION = 'Northwind Capital';
/** The one with the most signals, for the bot. */
const BOT_FORMULA = 'RSI pullback';
// Of the demo's password; kept as a hash so that a start takes no time to make it.
const PASSWORD_HASH = '$argon2id$v=19$m=19456,t=2,p=1$hrMJMihTmJzUbQIej09/4A$+p9iXlW+gjPtquKvmlvH8EIqs6tqpUz0NHuDjUenjJg';

/** Fills an empty database with the demo, once. Gives its logins, at later starts too; null where there is no demo. */
export async function seedDemo(db: Database, now: Date = new Date()): Promise<Demo | null> {
  const state = await asSystem(db, lookAround);
  if (state !== 'empty') return state === 'demo' ? DEMO : null;
  return asSystem(db, async (tx) => {
    // Of two processes that start at once, the second finds the demo of the first.
    await tx.execute(sql`lock table ${users} in share row exclusive mode`);
    const found = await lookAround(tx);
    if (found === 'empty') await fill(tx, now);
    return found === 'other' ? null : DEMO;
  });
}

async function lookAround(tx: Tx): Promise<'empty' | 'demo' | 'other'> {
  if (await findUserByEmail(tx, 'ada@demo.alphaloom.dev')) return 'demo';
  const anybody = await tx.select({ id: users.id }).from(users).limit(1);
  return anybody.length === 0 ? 'empty' : 'other';
}

async function fill(tx: Tx, now: Date): Promise<void> {
  const orgId = await insertOrganisation(tx, ORGANISATION);
  const ids: string[] = [];
  for (const { name, email, role } of DEMO.people) {
    const userId = await insertUser(tx, { name, email, passwordHash: PASSWORD_HASH });
    await insertMembership(tx, { orgId, userId, role });
    ids.push(userId);
  }
  const [owner] = DEMO.people;
  const [userId] = ids;
  if (!owner || userId === undefined) throw new Error('the demo has people');

  const marketId = await addSampleMarket(tx, orgId);
  const actor: Actor = { ...owner, userId, orgId, orgName: ORGANISATION, sessionId: 'seed' };
  const caller = { actor, now, from: { ip: null, userAgent: null } };
  let ofBot: { formulaId: string; versionId: string } | undefined;
  for (const { name, code } of DEMO_FORMULAS) {
    const { id: formulaId } = await storeFormula(tx, caller, name, readCode(code), 'formula.created');
    const { id: versionId } = await takeVersion(tx, caller, { formulaId, message: 'First version', reuse: false });
    if (name === BOT_FORMULA) ofBot = { formulaId, versionId };
  }
  if (!ofBot) throw new Error('the demo has a formula for its bot');
  await tx.insert(bots).values({ orgId, name: `${BOT_FORMULA} on SPX`, ...ofBot, marketId, settings: DEFAULT_SETTINGS, createdBy: userId });
}
