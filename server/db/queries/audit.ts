import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { auditLog, users } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';

export async function insertAudits(
  tx: Tx,
  entries: readonly Omit<typeof auditLog.$inferInsert, 'id' | 'at'>[],
): Promise<void> {
  if (entries.length > 0) await tx.insert(auditLog).values([...entries]);
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
}

/** What happened in an organisation, the newest first. As the system: the app's role may only add. */
export function listAudits(
  tx: Tx,
  orgId: OrgId,
  { actorId, action, entity, entityId, from, to, ...page }: AuditFilter & Page,
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
        eq(auditLog.orgId, orgId),
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
        behind(at, auditLog.id, page),
      ),
    )
    .orderBy(desc(at), desc(auditLog.id))
    .limit(page.limit);
}
