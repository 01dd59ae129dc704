import { and, asc, eq, gt, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import type { OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { auditChains, auditCheckpoints, auditLog } from '../schema/index.ts';

/** Rows of an organisation; null: those of the installation. */
const ofChain = (orgId: OrgId | null): SQL => (orgId === null ? isNull(auditLog.orgId) : eq(auditLog.orgId, orgId));

/** Rows of a chain behind a place, in their order, as texts that can be hashed. */
export async function listChained(tx: Tx, orgId: OrgId | null, after: number, limit: number) {
  const rows = await tx
    .select({
      sequence: auditLog.sequence,
      id: auditLog.id,
      at: sql<string>`(extract(epoch from ${auditLog.at}) * 1000)::bigint`,
      actorKind: auditLog.actorKind,
      actorId: auditLog.actorId,
      actorName: auditLog.actorName,
      ip: auditLog.ip,
      device: auditLog.device,
      session: auditLog.session,
      action: auditLog.action,
      entity: auditLog.entity,
      entityId: auditLog.entityId,
      requestId: auditLog.requestId,
      difference: sql<string | null>`${auditLog.difference}::text`,
      who: auditLog.who,
      whoSalt: auditLog.whoSalt,
      what: auditLog.what,
      whatSalt: auditLog.whatSalt,
      hash: auditLog.hash,
    })
    .from(auditLog)
    .where(and(ofChain(orgId), isNotNull(auditLog.sequence), gt(auditLog.sequence, after)))
    .orderBy(asc(auditLog.sequence))
    .limit(limit);
  return rows.map(({ sequence, at, ...row }) => ({ ...row, sequence: Number(sequence), at: Number(at) }));
}

/** Rows that are older than the chain. */
export async function countUnchained(tx: Tx, orgId: OrgId | null): Promise<number> {
  const [row] = await tx
    .select({ n: sql<string>`count(*)` })
    .from(auditLog)
    .where(and(ofChain(orgId), isNull(auditLog.sequence)));
  return Number(row?.n ?? 0);
}

/** The end of a chain; null while nothing has happened. */
export async function findChainEnd(tx: Tx, chain: string) {
  const [row] = await tx.select().from(auditChains).where(eq(auditChains.id, chain));
  return row ?? null;
}

/** All chains, that of the installation first. */
export function listChains(tx: Tx) {
  return tx.select().from(auditChains).orderBy(asc(auditChains.id));
}

export function listCheckpoints(tx: Tx, chain: string) {
  return tx
    .select({ sequence: auditCheckpoints.sequence, hash: auditCheckpoints.hash })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.chain, chain));
}

interface Added extends Record<string, unknown> {
  readonly chain: string;
  /** A bigint, as the driver gives it. */
  readonly sequence: string;
  readonly hash: string;
}

/** Notes where each chain is that has gone on since its last checkpoint. Gives the new checkpoints. */
export function addCheckpoints(tx: Tx, now: Date): Promise<Iterable<Added>> {
  return tx.execute<Added>(sql`
    insert into audit_checkpoints (chain, sequence, hash, at)
    select id, sequence, hash, ${now.toISOString()}::timestamptz from audit_chains
    on conflict do nothing returning chain, sequence, hash`);
}
