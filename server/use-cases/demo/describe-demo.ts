import { asSystem, type Database } from '#server/db/database.ts';
import { findUserByEmail } from '#server/db/queries/users.ts';
import { DEMO, type Demo } from './demo.ts';

/** The logins of the demo, for its sign-in page; null where there is no demo. */
export async function describeDemo(db: Database, isDemo: boolean): Promise<Demo | null> {
  const [first] = DEMO.people;
  if (!isDemo || !first) return null;
  return (await asSystem(db, (tx) => findUserByEmail(tx, first.email))) ? DEMO : null;
}
