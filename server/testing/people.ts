import { randomBytes } from 'node:crypto';
import type { OrgId } from '#core/requests/ids.ts';
import { asSystem, type Database } from '#server/db/database.ts';
import { memberships, organisations, users } from '#server/db/schema/index.ts';
import type { Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';

export async function createOrganisation(db: Database, name = 'Test organisation'): Promise<OrgId> {
  const [row] = await asSystem(db, (tx) =>
    tx.insert(organisations).values({ name }).returning({ id: organisations.id }),
  );
  if (!row) throw new Error('no row');
  return row.id;
}

/** A member without a session or a password that works, to call use-cases as. */
export async function createMember(db: Database, orgId: OrgId, role: Role): Promise<Person> {
  const person = {
    name: `${role} ${randomBytes(3).toString('hex')}`,
    email: `${randomBytes(6).toString('hex')}@test.example`,
  };
  return asSystem(db, async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({ ...person, passwordHash: '!' })
      .returning({ id: users.id });
    if (!user) throw new Error('no row');
    await tx.insert(memberships).values({ orgId, userId: user.id, role });
    return {
      kind: 'person',
      ...person,
      userId: user.id,
      orgId,
      orgName: 'Test organisation',
      role,
      sessionId: 'none',
      steppedUpAt: new Date(),
    };
  });
}
