import { and, desc, eq, gt, isNull, or } from 'drizzle-orm';
import type { InvitationId, OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { invitations, memberships, organisations, users } from '../schema/index.ts';

export async function insertInvitation(tx: Tx, invitation: typeof invitations.$inferInsert): Promise<InvitationId> {
  const [row] = await tx.insert(invitations).values(invitation).returning({ id: invitations.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

/** Invitations that can still be accepted. */
export function listOpenInvitations(tx: Tx, orgId: OrgId, now: Date) {
  return tx
    .select({
      id: invitations.id,
      role: invitations.role,
      email: invitations.email,
      expiresAt: invitations.expiresAt,
      createdBy: users.name,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.createdBy))
    .where(
      and(
        eq(invitations.orgId, orgId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .orderBy(desc(invitations.createdAt));
}

/**
 * Whatever its state, with the role that its maker has now: null for who does not belong to the organisation any more.
 */
export async function findInvitationByToken(tx: Tx, tokenHash: string) {
  const [row] = await tx
    .select({
      invitation: invitations,
      organisation: organisations.name,
      invitedBy: users.name,
      makersRole: memberships.role,
    })
    .from(invitations)
    .leftJoin(memberships, and(eq(memberships.orgId, invitations.orgId), eq(memberships.userId, invitations.createdBy)))
    .innerJoin(organisations, eq(organisations.id, invitations.orgId))
    .innerJoin(users, eq(users.id, invitations.createdBy))
    .where(or(eq(invitations.tokenHash, tokenHash), eq(invitations.letterTokenHash, tokenHash)));
  return row ?? null;
}

/** The link of a letter that is being sent; that of a letter before works no more. */
export async function setLetterToken(tx: Tx, id: InvitationId, letterTokenHash: string): Promise<void> {
  await tx.update(invitations).set({ letterTokenHash }).where(eq(invitations.id, id));
}

export async function markAccepted(tx: Tx, id: InvitationId, userId: UserId, now: Date): Promise<void> {
  await tx.update(invitations).set({ acceptedAt: now, acceptedBy: userId }).where(eq(invitations.id, id));
}

/** Whether there was an open one to revoke. */
export async function markRevoked(tx: Tx, orgId: OrgId, id: InvitationId, now: Date): Promise<boolean> {
  const rows = await tx
    .update(invitations)
    .set({ revokedAt: now })
    .where(
      and(
        eq(invitations.orgId, orgId),
        eq(invitations.id, id),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    )
    .returning({ id: invitations.id });
  return rows.length > 0;
}

/** Open invitations of one maker. */
export function listInvitationsOf(tx: Tx, orgId: OrgId, userId: UserId) {
  return tx
    .select({ id: invitations.id, role: invitations.role })
    .from(invitations)
    .where(
      and(
        eq(invitations.orgId, orgId),
        eq(invitations.createdBy, userId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    );
}
