import { eq, sql, type SQL } from 'drizzle-orm';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { billingAccounts, installation, organisations } from '../schema/index.ts';

/** What decides which plan an organisation has, and its exceptions from it. */
export async function findPlan(tx: Tx, orgId: OrgId) {
  const [row] = await tx
    .select({
      given: organisations.plan,
      own: organisations.entitlements,
      plan: billingAccounts.plan,
      status: billingAccounts.status,
      pastDueSince: billingAccounts.pastDueSince,
      installation: installation.plan,
    })
    .from(organisations)
    .leftJoin(billingAccounts, eq(billingAccounts.orgId, organisations.id))
    .leftJoin(installation, eq(installation.isOnly, true))
    .where(eq(organisations.id, orgId));
  if (!row) throw new Error('there is no such organisation');
  // A database over which no server was started yet, such as one of a test.
  return { ...row, installation: row.installation ?? 'enterprise' };
}

/** The plan of organisations without a subscription, as this installation was started with it. */
export async function storeInstallationPlan(tx: Tx, plan: string): Promise<void> {
  await tx.insert(installation).values({ plan }).onConflictDoUpdate({ target: installation.isOnly, set: { plan } });
}

/** Lets one transaction of an organisation at a time count and add to a quota, until it ends. */
export async function lockQuota(tx: Tx, orgId: OrgId, quota: Counted): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${orgId} ${quota}`}, 0))`);
}

/** Lets one transaction at a time count the organisations that a person owns and add to them, until it ends. */
export async function lockOwned(tx: Tx, userId: UserId): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${userId} organisations`}, 0))`);
}

/** Organisations that a person owns. */
export async function countOwned(tx: Tx, userId: UserId): Promise<number> {
  const [row] = await tx.execute<{ used: string }>(
    sql`select count(*) as used from memberships where user_id = ${userId}::uuid and role = 'owner'`,
  );
  return Number(row?.used ?? 0);
}

const counted = (from: SQL, orgId: OrgId, more: SQL = sql``): SQL =>
  sql`select count(*) as used from ${from} where org_id = ${orgId}::uuid ${more}`;

/** One row: triggers keep the sum. */
const stored = (orgId: OrgId, kind: 'documents' | 'results'): SQL =>
  sql`select coalesce(sum(bytes), 0) as used from stored_bytes where org_id = ${orgId}::uuid and kind = ${kind}`;

const UNFINISHED = sql`and status in ('queued', 'running')`;

/** Those that were started in this day or month, UTC; what failed, or was cancelled before it began, does not count. */
const startedIn = (span: 'day' | 'month', orgId: OrgId, table: 'backtests' | 'sweeps'): SQL =>
  counted(
    sql.identifier(table) as unknown as SQL,
    orgId,
    sql`and queued_at >= date_trunc(${sql.raw(`'${span}'`)}, now() at time zone 'UTC') at time zone 'UTC'
      and status <> 'failed' and not (status = 'cancelled' and started_at is null)`,
  );

const USED = {
  formulas: (orgId) => counted(sql`formulas`, orgId),
  versions: (orgId) => counted(sql`versions`, orgId),
  versionBytes: (orgId) =>
    sql`select coalesce(sum(octet_length(document_state)), 0) as used from versions where org_id = ${orgId}::uuid`,
  documentBytes: (orgId) => stored(orgId, 'documents'),
  resultBytes: (orgId) => stored(orgId, 'results'),
  reviews: (orgId) => counted(sql`reviews`, orgId),
  publications: (orgId) => counted(sql`publications`, orgId),
  threads: (orgId) => counted(sql`comment_threads`, orgId),
  comments: (orgId) => counted(sql`comments`, orgId),
  markets: (orgId) => counted(sql`markets`, orgId),
  bars: (orgId) => sql`select coalesce(sum(bar_count), 0) as used from markets where org_id = ${orgId}::uuid`,
  members: (orgId) => counted(sql`memberships`, orgId),
  invitations: (orgId) =>
    counted(sql`invitations`, orgId, sql`and accepted_at is null and revoked_at is null and expires_at > now()`),
  backtests: (orgId) => counted(sql`backtests`, orgId),
  backtestsADay: (orgId) => startedIn('day', orgId, 'backtests'),
  backtestsAMonth: (orgId) => startedIn('month', orgId, 'backtests'),
  sweepsADay: (orgId) => startedIn('day', orgId, 'sweeps'),
  sweeps: (orgId) => counted(sql`sweeps`, orgId),
  unfinishedRuns: (orgId) =>
    sql`select (${counted(sql`backtests`, orgId, UNFINISHED)}) + (${counted(sql`sweeps`, orgId, UNFINISHED)}) as used`,
  bots: (orgId) => counted(sql`bots`, orgId),
  runningBots: (orgId) => counted(sql`bots`, orgId, sql`and status = 'running'`),
} as const satisfies Record<string, (orgId: OrgId) => SQL>;

/** What can be counted of an organisation. */
export type Counted = keyof typeof USED;

export async function countUsed(tx: Tx, orgId: OrgId, quota: Counted): Promise<number> {
  const [row] = await tx.execute<{ used: string }>(USED[quota](orgId));
  return Number(row?.used ?? 0);
}
