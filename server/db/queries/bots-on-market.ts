import { and, asc, eq, gte, isNotNull, ne, not, or, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { MarketId, OrgId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { bots, versions } from '../schema/index.ts';
import { botColumns, type BotRow } from './bots.ts';
import type { MarketRow } from './markets.ts';

/** The versions that bots run which have begun on another market, each once. */
export async function listBegunVersions(tx: Tx, orgId: OrgId, marketId: MarketId): Promise<VersionId[]> {
  const rows = await tx
    .selectDistinct({ versionId: bots.versionId })
    .from(bots)
    .where(and(eq(bots.orgId, orgId), isNotNull(bots.nextBar), ne(bots.marketId, marketId)));
  return rows.map(({ versionId }) => versionId);
}

/** Of versions of which it is known whether they read a market as a feed, which do. */
interface KnownReaders {
  readonly known: readonly VersionId[];
  readonly reading: readonly VersionId[];
}

/**
 * Bots that have begun on a market, and those that read it as a feed; locked until the transaction ends. Of a version
 * that is not among the known ones its symbol is looked for in the text, once for all bots of the version.
 */
export const lockBotsOn = (tx: Tx, { orgId, id, symbol }: MarketRow, { known, reading }: KnownReaders) =>
  tx
    .select({ ...botColumns, isOwn: sql<boolean>`${bots.marketId} = ${id}` })
    .from(bots)
    .where(
      and(
        eq(bots.orgId, orgId),
        isNotNull(bots.nextBar),
        or(
          eq(bots.marketId, id),
          isAmong(bots.versionId, reading),
          // Behind `or`, so that Postgres makes the list of versions once.
          and(
            not(isAmong(bots.versionId, known)),
            sql`${bots.versionId} in (
              select naming.id from ${versions} naming
              where naming.org_id = ${orgId} and position(${JSON.stringify(symbol)} in naming.json) > 0
                and naming.id in (select begun.version_id from ${bots} begun where begun.org_id = ${orgId}
                  and begun.next_bar is not null)
                and not ${isAmong(sql`naming.id`, known)}
            )`,
          ),
        ),
      ),
    )
    .orderBy(asc(bots.id))
    .for('update', { of: bots });

const isAmong = (id: SQL | PgColumn, ids: readonly VersionId[]): SQL =>
  sql`${id} in (select known.id::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) known(id))`;

/** Running bots that have taken all bars of a market but for those behind `count`. */
export const listWaiting = (tx: Tx, { orgId, id }: MarketRow, count: number) =>
  tx
    .select({ id: bots.id, orgId: bots.orgId, step: bots.step })
    .from(bots)
    .where(and(eq(bots.orgId, orgId), eq(bots.marketId, id), eq(bots.status, 'running'), gte(bots.nextBar, count)));

/**
 * Moves a bot to where its next bar stands now, and says why. It has not changed by itself: `updatedAt` stays, by which
 * a replay that waits for its turn, or is under way, is known as the same.
 */
export async function overtakeBot(
  tx: Tx,
  { orgId, id }: Pick<BotRow, 'orgId' | 'id'>,
  change: Pick<BotRow, 'nextBar' | 'notice'>,
): Promise<void> {
  await tx
    .update(bots)
    .set(change)
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
}
