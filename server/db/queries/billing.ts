import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import type { BotId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { billingAccounts, bots, memberships, organisations, signals, users } from '../schema/index.ts';

export type BillingAccount = typeof billingAccounts.$inferSelect;

export async function findBillingAccount(tx: Tx, orgId: OrgId): Promise<BillingAccount | null> {
  const [row] = await tx.select().from(billingAccounts).where(eq(billingAccounts.orgId, orgId));
  return row ?? null;
}

/** The account, locked until the transaction ends; made where there is none. */
export async function lockBillingAccount(tx: Tx, orgId: OrgId): Promise<BillingAccount> {
  await tx.insert(billingAccounts).values({ orgId }).onConflictDoNothing();
  const [row] = await tx.select().from(billingAccounts).where(eq(billingAccounts.orgId, orgId)).for('update');
  if (!row) throw new Error('the account was just made');
  return row;
}

/** Whose a customer of Stripe's is. */
export async function findOrganisationOfCustomer(tx: Tx, customerId: string): Promise<OrgId | null> {
  const [row] = await tx
    .select({ orgId: billingAccounts.orgId })
    .from(billingAccounts)
    .where(eq(billingAccounts.customerId, customerId));
  return row?.orgId ?? null;
}

/** The number of a question to Stripe. Whoever has the answer to a later one knows more. */
export async function numberQuestion(tx: Tx, orgId: OrgId): Promise<number> {
  const [row] = await tx
    .update(billingAccounts)
    .set({ asked: sql`${billingAccounts.asked} + 1` })
    .where(eq(billingAccounts.orgId, orgId))
    .returning({ asked: billingAccounts.asked });
  if (!row) throw new Error('there is no such billing account');
  return row.asked;
}

export async function updateBillingAccount(
  tx: Tx,
  orgId: OrgId,
  change: Partial<Omit<BillingAccount, 'orgId'>>,
): Promise<void> {
  await tx.update(billingAccounts).set(change).where(eq(billingAccounts.orgId, orgId));
}

/** Which bots an owner has chosen to stay. */
export async function storeKeptBots(tx: Tx, orgId: OrgId, keptBots: readonly BotId[]): Promise<void> {
  // These columns alone: the app may write no other one.
  await tx.execute(sql`
    insert into ${billingAccounts} (org_id, kept_bots) values (${orgId}::uuid, ${JSON.stringify(keptBots)}::jsonb)
    on conflict (org_id) do update set kept_bots = excluded.kept_bots`);
}

/** Accounts whose plan can change by time alone, and those whose customers are at Stripe. */
export const listBillingAccounts = (tx: Tx) =>
  tx
    .select({ orgId: billingAccounts.orgId, customerId: billingAccounts.customerId, status: billingAccounts.status })
    .from(billingAccounts)
    .where(or(isNotNull(billingAccounts.customerId), isNotNull(billingAccounts.settledPlan)));

/** Bots in the order in which they stay: those that run first, then the oldest. */
export const listBotsInOrder = (tx: Tx, orgId: OrgId) =>
  tx
    .select({ id: bots.id, name: bots.name, status: bots.status, mode: bots.mode, frozenAt: bots.frozenAt })
    .from(bots)
    .where(eq(bots.orgId, orgId))
    .orderBy(sql`${bots.status} <> 'running'`, asc(bots.createdAt), asc(bots.id));

/** The same, locked. */
export const lockBots = (tx: Tx, orgId: OrgId) => listBotsInOrder(tx, orgId).for('update');

export async function pauseBots(tx: Tx, orgId: OrgId, ids: readonly BotId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(bots)
    .set({ status: 'paused' })
    .where(and(eq(bots.orgId, orgId), inArray(bots.id, [...ids]), eq(bots.status, 'running')));
}

/** Freezes these bots from now on and no others. */
export async function freezeExactly(tx: Tx, orgId: OrgId, ids: readonly BotId[], now: Date): Promise<void> {
  const others = ids.length === 0 ? undefined : notInArray(bots.id, [...ids]);
  await tx
    .update(bots)
    .set({ frozenAt: null })
    .where(and(eq(bots.orgId, orgId), isNotNull(bots.frozenAt), others));
  if (ids.length > 0)
    await tx
      .update(bots)
      .set({ frozenAt: now })
      .where(and(eq(bots.orgId, orgId), inArray(bots.id, [...ids]), isNull(bots.frozenAt)));
}

/** Whom an organisation's bills concern. */
export const listOwners = (tx: Tx, orgId: OrgId) =>
  tx
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.orgId, orgId), eq(memberships.role, 'owner')))
    .orderBy(asc(memberships.joinedAt), asc(users.name));

export async function nameOfOrganisation(tx: Tx, orgId: OrgId): Promise<string> {
  const [row] = await tx.select({ name: organisations.name }).from(organisations).where(eq(organisations.id, orgId));
  return row?.name ?? '';
}

/** Every organisation that has a signal older than this, with the oldest first. */
export async function listOrganisationsWithSignals(tx: Tx, before: Date): Promise<OrgId[]> {
  const rows = await tx
    .select({ orgId: organisations.id })
    .from(organisations)
    .where(
      sql`exists (select from ${signals} where ${signals.orgId} = ${organisations.id}
        and ${signals.emittedAt} < ${before.toISOString()}::timestamptz)`,
    )
    .orderBy(desc(organisations.createdAt));
  return rows.map(({ orgId }) => orgId);
}

/** Deletes the oldest signals of an organisation that are older than a moment, at most so many. Returns how many. */
export async function deleteSignalsBefore(tx: Tx, orgId: OrgId, before: Date, most: number): Promise<number> {
  const oldest = tx
    .select({ id: signals.id })
    .from(signals)
    .where(and(eq(signals.orgId, orgId), lt(signals.emittedAt, before)))
    .orderBy(asc(signals.emittedAt))
    .limit(most);
  const rows = await tx
    .delete(signals)
    .where(and(eq(signals.orgId, orgId), inArray(signals.id, oldest)))
    .returning({ id: signals.id });
  return rows.length;
}
