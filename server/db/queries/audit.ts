import { and, desc, eq, gte, ilike, isNull, lt } from 'drizzle-orm';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { auditLog, users } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';

type Entry = Omit<typeof auditLog.$inferInsert, 'id' | 'at' | Chained>;
/** Written by the trigger that chains the rows. */
type Chained = 'sequence' | 'who' | 'whoSalt' | 'what' | 'whatSalt' | 'hash';

/** By organisation: whoever writes to several chains at once waits for them in the same order as everybody else. */
export async function insertAudits(tx: Tx, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const inOrder = entries.toSorted(({ orgId: a }, { orgId: b }) => (a ?? '').localeCompare(b ?? ''));
  await tx.insert(auditLog).values(inOrder);
}

export interface AuditFilter {
  readonly actorId?: UserId | undefined;
  /** An action, or what comes before the point: `version` finds `version.published`. */
  readonly action?: string | undefined;
  readonly entity?: string | undefined;
  readonly entityId?: string | undefined;
  /** UTC milliseconds: at or behind the first, before the second. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly ip?: string | undefined;
  /** The browser and system as the audit keeps them, or a part of that. */
  readonly device?: string | undefined;
  readonly requestId?: string | undefined;
}

/** A text in which no character is a wildcard. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** What happened in an organisation (null: in none), the newest first. As the system: the app's role may only add. */
export function listAudits(
  tx: Tx,
  orgId: OrgId | null,
  { actorId, action, entity, entityId, from, to, ip, device, requestId, ...page }: AuditFilter & Page,
) {
  const { at } = auditLog;
  return tx
    .select({
      id: auditLog.id,
      at,
      actorId: auditLog.actorId,
      actor: users.name,
      actorKind: auditLog.actorKind,
      actorName: auditLog.actorName,
      action: auditLog.action,
      entity: auditLog.entity,
      entityId: auditLog.entityId,
      ip: auditLog.ip,
      device: auditLog.device,
      requestId: auditLog.requestId,
      difference: auditLog.difference,
    })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(
      and(
        orgId === null ? isNull(auditLog.orgId) : eq(auditLog.orgId, orgId),
        actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
        action === undefined
          ? undefined
          : action.includes('.')
            ? eq(auditLog.action, action)
            : and(gte(auditLog.action, `${action}.`), lt(auditLog.action, `${action}/`)),
        entity === undefined ? undefined : eq(auditLog.entity, entity),
        entityId === undefined ? undefined : eq(auditLog.entityId, entityId),
        from === undefined ? undefined : gte(at, new Date(from)),
        to === undefined ? undefined : lt(at, new Date(to)),
        ip === undefined ? undefined : eq(auditLog.ip, ip),
        device === undefined ? undefined : ilike(auditLog.device, `%${literal(device)}%`),
        requestId === undefined ? undefined : eq(auditLog.requestId, requestId),
        behind(at, auditLog.id, page),
      ),
    )
    .orderBy(desc(at), desc(auditLog.id))
    .limit(page.limit);
}
