import { sql } from 'drizzle-orm';
import { idOf, type OrgId, type UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';

/** Things that have an address of their own, by the word in the address. */
const TABLES = { formulas: 'formulas', backtests: 'backtests', sweeps: 'sweeps', reviews: 'reviews' } as const;

export type LocatedKind = keyof typeof TABLES;

/** In which organisation of a person a thing is; null where it is in none of theirs. As the system. */
export async function locateThing(tx: Tx, userId: UserId, kind: LocatedKind, id: string): Promise<OrgId | null> {
  const [row] = await tx.execute<{ org_id: string }>(sql`
    select t.org_id from ${sql.identifier(TABLES[kind])} t
    join memberships m on m.org_id = t.org_id and m.user_id = ${userId}::uuid
    where t.id = ${id}::uuid`);
  return row ? idOf('organisation', row.org_id) : null;
}
