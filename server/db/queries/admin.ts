import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { memberships, organisations, sessions, users } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';
import { holds } from './search.ts';

/** Everybody who has an account, the newest first, by words of their name and address. */
export function listUsers(tx: Tx, { words, suspended, ...page }: Page & UserFilter) {
  return tx
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      createdAt: users.createdAt,
      isPlatformAdmin: users.isPlatformAdmin,
      suspendedAt: users.suspendedAt,
      suspendedFor: users.suspendedFor,
      organisations: sql<string>`(select count(*) from ${memberships} m where m.user_id = ${users}.id)`.mapWith(Number),
      sessions: sql<string>`(select count(*) from ${sessions} s
        where s.user_id = ${users}.id and s.expires_at > now())`.mapWith(Number),
    })
    .from(users)
    .where(
      and(
        words.length === 0 ? undefined : holds(words, [users.name, users.email]),
        suspended ? isNotNull(users.suspendedAt) : undefined,
        behind(users.createdAt, users.id, page),
      ),
    )
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(page.limit);
}

interface UserFilter {
  readonly words: readonly string[];
  readonly suspended: boolean;
}

/** A person, whom nobody else changes until the transaction ends. */
export async function lockUser(tx: Tx, id: UserId) {
  const [row] = await tx
    .select({
      email: users.email,
      isPlatformAdmin: users.isPlatformAdmin,
      suspendedAt: users.suspendedAt,
      suspendedFor: users.suspendedFor,
    })
    .from(users)
    .where(eq(users.id, id))
    .for('update');
  return row ?? null;
}

export async function setSuspension(
  tx: Tx,
  id: UserId,
  suspension: { readonly at: Date; readonly reason: string } | null,
): Promise<void> {
  await tx
    .update(users)
    .set({ suspendedAt: suspension?.at ?? null, suspendedFor: suspension?.reason ?? null })
    .where(eq(users.id, id));
}

export async function setPlatformAdmin(tx: Tx, ids: readonly UserId[], isPlatformAdmin: boolean): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(users)
      .set({ isPlatformAdmin })
      .where(inArray(users.id, [...ids]));
}

/** Nobody else makes or unmakes one until the transaction ends. */
export async function lockPlatformAdmins(tx: Tx): Promise<readonly UserId[]> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(users.isPlatformAdmin, true))
    .orderBy(asc(users.id))
    .for('update');
  return rows.map(({ id }) => id);
}

/** Those of these addresses who look after nothing yet; of confirmed addresses alone, where letters are sent. */
export async function listUsersOf(
  tx: Tx,
  emails: readonly string[],
  mustBeVerified: boolean,
): Promise<readonly UserId[]> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.isPlatformAdmin, false),
        mustBeVerified ? isNotNull(users.emailVerifiedAt) : undefined,
        sql`lower(${users.email}) in (select jsonb_array_elements_text(${JSON.stringify(emails)}::text::jsonb))`,
      ),
    );
  return rows.map(({ id }) => id);
}

/** Every organisation, the newest first, by words of its name. */
export function listOrganisations(tx: Tx, { words, ...page }: Page & Pick<UserFilter, 'words'>) {
  return tx
    .select({
      id: organisations.id,
      name: organisations.name,
      plan: organisations.plan,
      own: organisations.entitlements,
      createdAt: organisations.createdAt,
      deleteAfter: organisations.deleteAfter,
      members: sql<string>`(select count(*) from ${memberships} m where m.org_id = ${organisations}.id)`.mapWith(
        Number,
      ),
      runningBots: sql<string>`(select count(*) from bots b
        where b.org_id = ${organisations}.id and b.status = 'running')`.mapWith(Number),
    })
    .from(organisations)
    .where(
      and(
        words.length === 0 ? undefined : holds(words, [organisations.name]),
        behind(organisations.createdAt, organisations.id, page),
      ),
    )
    .orderBy(desc(organisations.createdAt), desc(organisations.id))
    .limit(page.limit);
}

/** By what they are of. */
type Exceptions = Readonly<Record<string, number | boolean>>;

/** The exceptions of an organisation from its plan, which nobody else changes until the transaction ends. */
export async function lockExceptions(tx: Tx, orgId: OrgId): Promise<{ readonly own: Exceptions | null } | null> {
  const [row] = await tx
    .select({ own: organisations.entitlements })
    .from(organisations)
    .where(eq(organisations.id, orgId))
    .for('update');
  return row ?? null;
}

export async function setExceptions(tx: Tx, orgId: OrgId, own: Exceptions | null): Promise<void> {
  await tx.update(organisations).set({ entitlements: own }).where(eq(organisations.id, orgId));
}
