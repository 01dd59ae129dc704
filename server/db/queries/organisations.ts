import { and, asc, count, desc, eq, inArray, lte } from 'drizzle-orm';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { accessPolicies, memberships, organisations, users } from '../schema/index.ts';

export type MemberRole = (typeof memberships.$inferSelect)['role'];

export async function insertOrganisation(
  tx: Tx,
  name: string,
  entitlements: Readonly<Record<string, number | boolean>> | null = null,
): Promise<OrgId> {
  const [row] = await tx.insert(organisations).values({ name, entitlements }).returning({ id: organisations.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

export async function insertMembership(
  tx: Tx,
  membership: { orgId: OrgId; userId: UserId; role: MemberRole },
): Promise<void> {
  await tx.insert(memberships).values(membership);
}

/** The organisations a person belongs to, the latest joined first. */
export function listOrganisationsOfUser(tx: Tx, userId: UserId) {
  return tx
    .select({ id: organisations.id, name: organisations.name, role: memberships.role })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.orgId))
    .where(eq(memberships.userId, userId))
    .orderBy(desc(memberships.joinedAt), asc(organisations.id));
}

export function listMembers(tx: Tx, orgId: OrgId) {
  return tx
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      joinedAt: memberships.joinedAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.orgId, orgId))
    .orderBy(asc(memberships.joinedAt), asc(users.name));
}

export async function findMember(tx: Tx, orgId: OrgId, userId: UserId) {
  const [row] = await tx
    .select({ name: users.name, email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.orgId, orgId), eq(memberships.userId, userId)));
  return row ?? null;
}

export async function findRole(tx: Tx, orgId: OrgId, userId: UserId): Promise<MemberRole | null> {
  const [row] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.orgId, orgId), eq(memberships.userId, userId)));
  return row?.role ?? null;
}

/** Those of `ids` who are members. */
export async function findMembers(tx: Tx, orgId: OrgId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.orgId, orgId), inArray(memberships.userId, [...ids])));
  return new Set(rows.map(({ userId }) => userId));
}

/**
 * Keeps others from changing the organisation's members until the transaction ends, so that a count of owners stays
 * true. Rows that refer to the organisation can still be written. Taken through `act` and `underLock`, which look at
 * the actor's role again.
 */
export async function lockOrganisation(tx: Tx, orgId: OrgId): Promise<void> {
  await tx.select({ id: organisations.id }).from(organisations).where(eq(organisations.id, orgId)).for('no key update');
}

export async function countOwners(tx: Tx, orgId: OrgId): Promise<number> {
  const [row] = await tx
    .select({ owners: count() })
    .from(memberships)
    .where(and(eq(memberships.orgId, orgId), eq(memberships.role, 'owner')));
  return row?.owners ?? 0;
}

export async function updateRole(tx: Tx, orgId: OrgId, userId: UserId, role: MemberRole): Promise<void> {
  await tx
    .update(memberships)
    .set({ role })
    .where(and(eq(memberships.orgId, orgId), eq(memberships.userId, userId)));
}

export async function deleteMembership(tx: Tx, orgId: OrgId, userId: UserId): Promise<void> {
  await tx.delete(memberships).where(and(eq(memberships.orgId, orgId), eq(memberships.userId, userId)));
}

export async function nameOrganisation(tx: Tx, orgId: OrgId): Promise<string | null> {
  const [row] = await tx.select({ name: organisations.name }).from(organisations).where(eq(organisations.id, orgId));
  return row?.name ?? null;
}

export async function renameOrganisation(tx: Tx, orgId: OrgId, name: string): Promise<void> {
  await tx.update(organisations).set({ name }).where(eq(organisations.id, orgId));
}

/** When the organisation is deleted; null while nobody has asked for that. */
export async function findDeletion(tx: Tx, orgId: OrgId): Promise<Date | null> {
  const [row] = await tx
    .select({ deleteAfter: organisations.deleteAfter })
    .from(organisations)
    .where(eq(organisations.id, orgId));
  return row?.deleteAfter ?? null;
}

export async function setDeletion(tx: Tx, orgId: OrgId, deleteAfter: Date | null): Promise<void> {
  await tx.update(organisations).set({ deleteAfter }).where(eq(organisations.id, orgId));
}

/** One organisation whose time has come, with its members, unless somebody else looks after it at this moment. */
export async function takeDueOrganisation(
  tx: Tx,
  now: Date,
): Promise<{ readonly orgId: OrgId; readonly members: readonly UserId[] } | null> {
  const [row] = await tx
    .select({ orgId: organisations.id })
    .from(organisations)
    .where(lte(organisations.deleteAfter, now))
    .limit(1)
    .for('update', { skipLocked: true });
  if (!row) return null;
  const members = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.orgId, row.orgId));
  return { orgId: row.orgId, members: members.map(({ userId }) => userId) };
}

/** With everything that it has. */
export async function deleteOrganisation(tx: Tx, orgId: OrgId): Promise<void> {
  await tx.delete(organisations).where(eq(organisations.id, orgId));
}

export async function findAccessPolicy(tx: Tx, orgId: OrgId) {
  const [row] = await tx
    .select({ sessionHours: accessPolicies.sessionHours })
    .from(accessPolicies)
    .where(eq(accessPolicies.orgId, orgId));
  return row ?? null;
}

export async function storeAccessPolicy(
  tx: Tx,
  orgId: OrgId,
  policy: { readonly sessionHours: number | null },
  now: Date,
): Promise<void> {
  await tx
    .insert(accessPolicies)
    .values({ orgId, ...policy, updatedAt: now })
    .onConflictDoUpdate({ target: accessPolicies.orgId, set: { ...policy, updatedAt: now } });
}
