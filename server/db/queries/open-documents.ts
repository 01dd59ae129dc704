import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { formulas, formulaSnapshots, formulaUpdates, openDocuments, realtimeServers } from '../schema/index.ts';
import { isAlive } from './document-care.ts';

export interface OpenDocument {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
  readonly people: number;
  readonly clients: number;
}

/** Records that a realtime server lives, and removes dead servers with the documents that they had open. */
export async function beatRealtimeServer(
  tx: Tx,
  server: { readonly id: string; readonly name: string },
): Promise<void> {
  await tx
    .insert(realtimeServers)
    .values(server)
    .onConflictDoUpdate({ target: realtimeServers.id, set: { beatAt: sql`now()` } });
  await tx.delete(realtimeServers).where(sql`not (${isAlive})`);
}

export async function removeRealtimeServer(tx: Tx, id: string): Promise<void> {
  await tx.delete(realtimeServers).where(eq(realtimeServers.id, id));
}

/** Puts `documents` in the place of what the server had open before; a formula that is gone by now is left out. */
export async function replaceOpenDocuments(
  tx: Tx,
  serverId: string,
  documents: readonly OpenDocument[],
): Promise<void> {
  await tx.execute(sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(documents)}::json) as given ("orgId" uuid, "formulaId" uuid,
        people int, clients int)
    ), closed as (
      delete from ${openDocuments} where server_id = ${serverId} and formula_id not in (select "formulaId" from given)
    )
    insert into ${openDocuments} (server_id, formula_id, org_id, people, clients)
    select ${serverId}::uuid, given."formulaId", given."orgId", given.people, given.clients
    from given join ${formulas} on ${formulas.orgId} = given."orgId" and ${formulas.id} = given."formulaId"
    on conflict (server_id, formula_id) do update set people = excluded.people, clients = excluded.clients`);
}

/** As many as a page can show. */
const MOST_DOCUMENTS = 2000;

/** The documents of an organisation; documents that people have open come first. */
export async function listDocuments(tx: Tx, orgId: OrgId) {
  const updates = tx
    .select({
      count: sql<number>`count(*)`.mapWith(Number).as('update_count'),
      bytes: sql<number>`coalesce(sum(octet_length(${formulaUpdates.bytes})), 0)`.mapWith(Number).as('update_bytes'),
    })
    .from(formulaUpdates)
    .where(eq(formulaUpdates.formulaId, formulas.id))
    .as('updates');
  const open = tx
    .select({
      people: sql<number>`coalesce(sum(${openDocuments.people}), 0)`.mapWith(Number).as('open_people'),
      clients: sql<number>`coalesce(max(${openDocuments.clients}), 0)`.mapWith(Number).as('open_clients'),
      servers: sql<string[]>`coalesce(json_agg(${realtimeServers.name} order by ${realtimeServers.name})
        filter (where ${realtimeServers.id} is not null), '[]')`.as('open_servers'),
    })
    .from(openDocuments)
    .innerJoin(realtimeServers, and(eq(realtimeServers.id, openDocuments.serverId), isAlive))
    .where(eq(openDocuments.formulaId, formulas.id))
    .as('open');
  return tx
    .select({
      formulaId: formulas.id,
      name: formulas.name,
      isArchived: sql<boolean>`${formulas.archivedAt} is not null`,
      epoch: formulaSnapshots.epoch,
      clients: sql<number>`greatest(${formulaSnapshots.clients}, ${open.clients})`.mapWith(Number),
      dead: formulaSnapshots.dead,
      compactedAt: formulaSnapshots.compactedAt,
      bytes: sql<number>`octet_length(${formulaSnapshots.state}) + ${updates.bytes}`.mapWith(Number),
      updates: updates.count,
      people: open.people,
      servers: open.servers,
    })
    .from(formulas)
    .innerJoin(formulaSnapshots, eq(formulaSnapshots.formulaId, formulas.id))
    .innerJoinLateral(updates, sql`true`)
    .innerJoinLateral(open, sql`true`)
    .where(eq(formulas.orgId, orgId))
    .orderBy(desc(open.people), asc(formulas.name))
    .limit(MOST_DOCUMENTS);
}
