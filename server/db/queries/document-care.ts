import { sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { formulas, formulaSnapshots, formulaUpdates, openDocuments, realtimeServers } from '../schema/index.ts';
import { interval } from './interval.ts';

export interface DocumentPlace extends Record<string, unknown> {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
}

/** A realtime server that has not been heard of for so long is dead. */
const SERVER_DEAD_AFTER_MS = 15_000;

export const isAlive = sql`${realtimeServers.beatAt} > now() - ${interval(SERVER_DEAD_AFTER_MS)}`;

/** Not set aside: a document that is set aside can't be compacted. */
const isReadable = (formulaId: AnyPgColumn) =>
  sql`not exists (select from ${formulas} where ${formulas.id} = ${formulaId}
    and ${formulas.unreadableSince} is not null)`;

interface Idle {
  readonly quietMs: number;
  readonly limit: number;
}

/** Documents with many updates of their own, the last one long ago, that nobody has open. */
export async function findDocumentsToCompact(
  tx: Tx,
  { rows, quietMs, limit }: Idle & { readonly rows: number },
): Promise<DocumentPlace[]> {
  const found = await tx.execute<DocumentPlace>(sql`
    select org_id as "orgId", formula_id as "formulaId" from ${formulaUpdates}
    where ${isReadable(formulaUpdates.formulaId)} and not exists (
      select from ${openDocuments} join ${realtimeServers} on ${realtimeServers.id} = ${openDocuments.serverId}
      where ${openDocuments.formulaId} = ${formulaUpdates.formulaId} and ${isAlive})
    group by org_id, formula_id
    having count(*) >= ${rows} and max(created_at) < now() - ${interval(quietMs)}
    limit ${limit}`);
  return [...found];
}

/**
 * Documents that have been written by many, or that carry much of what was deleted, and that nobody has changed for
 * long.
 */
export async function findDocumentsToRebase(
  tx: Tx,
  { clients, dead, quietMs, limit }: Idle & { readonly clients: number; readonly dead: number },
): Promise<DocumentPlace[]> {
  const found = await tx.execute<DocumentPlace>(sql`
    select org_id as "orgId", formula_id as "formulaId" from ${formulaSnapshots}
    where (clients >= ${clients} or dead >= ${dead}) and ${isReadable(formulaSnapshots.formulaId)} and not exists (
      select from ${formulaUpdates}
      where ${formulaUpdates.formulaId} = ${formulaSnapshots.formulaId}
        and ${formulaUpdates.createdAt} > now() - ${interval(quietMs)})
    order by clients desc
    limit ${limit}`);
  return [...found];
}
