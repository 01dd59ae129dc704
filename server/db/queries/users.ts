import { inArray, sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { users } from '../schema/index.ts';

export async function findUserByEmail(tx: Tx, email: string) {
  const [user] = await tx.select().from(users).where(sql`lower(${users.email}) = lower(${email})`);
  return user ?? null;
}

export async function insertUser(tx: Tx, user: { name: string; email: string; passwordHash: string }): Promise<string> {
  const [row] = await tx.insert(users).values(user).returning({ id: users.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

/** What people are called, those who have left included. */
export async function listNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
