import { and, desc, eq, getTableColumns, lt, max, or, sql, type SQL } from 'drizzle-orm';
import { idOf, type BotId, type OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { bots, formulas, markets, signals, versions } from '../schema/index.ts';
import { interval } from './interval.ts';
import { behind, type Cursor, type Page } from './keyset.ts';
import type { MarketRow } from './markets.ts';

/** Without the checkpoint, which may be large. */
export type BotRow = Omit<typeof bots.$inferSelect, 'checkpoint'>;
export type SignalRow = typeof signals.$inferSelect;

function summaries(tx: Tx) {
  // Of each bot that is listed, from the index alone: not of all that anybody's bots ever said.
  const said = tx
    .select({
      signalCount: sql<number>`count(*)::int`.as('signal_count'),
      lastSignalAt: max(signals.emittedAt).as('last_signal_at'),
    })
    .from(signals)
    .where(and(eq(signals.orgId, bots.orgId), eq(signals.botId, bots.id)))
    .as('said');
  return tx
    .select({
      id: bots.id,
      name: bots.name,
      formulaId: bots.formulaId,
      formulaName: formulas.name,
      versionId: bots.versionId,
      versionNumber: sql<number>`${versions.number}`,
      upgrade: bots.upgrade,
      nextVersionNumber: sql<
        number | null
      >`(select next.number from versions next where next.org_id = ${bots.orgId} and next.id = ${bots.nextVersionId})`,
      /** What is published of its strategy, where that is another version. */
      publishedNumber: sql<
        number | null
      >`(select published.number from publications join versions published on published.id = publications.version_id
        where publications.formula_id = ${bots.formulaId} and publications.ended_at is null
          and published.id <> ${bots.versionId})`,
      marketId: bots.marketId,
      symbol: markets.symbol,
      timeframe: markets.timeframe,
      mode: bots.mode,
      status: bots.status,
      failure: bots.failure,
      notice: bots.notice,
      isFrozen: sql<boolean>`${bots.frozenAt} is not null`,
      /** It has taken the last bar that there is, and goes on with the next one. */
      isWaiting: sql<boolean>`${bots.status} = 'running' and coalesce(${bots.nextBar} >= ${markets.barCount}, false)`,
      createdAt: bots.createdAt,
      signalCount: said.signalCount,
      lastSignalAt: said.lastSignalAt,
    })
    .from(bots)
    .innerJoin(formulas, eq(formulas.id, bots.formulaId))
    .innerJoin(versions, eq(versions.id, bots.versionId))
    .innerJoin(markets, eq(markets.id, bots.marketId))
    .innerJoinLateral(said, sql`true`);
}

/** The newest first. */
export const listBots = (tx: Tx, orgId: OrgId, page: Page) =>
  summaries(tx)
    .where(and(eq(bots.orgId, orgId), behind(bots.createdAt, bots.id, page)))
    .orderBy(desc(bots.createdAt), desc(bots.id))
    .limit(page.limit);

export async function findBotSummary(tx: Tx, orgId: OrgId, id: BotId) {
  const [row] = await summaries(tx).where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
  return row ?? null;
}

const { checkpoint: _large, ...withoutCheckpoint } = getTableColumns(bots);
export const botColumns = withoutCheckpoint;

/** Without what its runner knew, which is large. */
export async function findBot(tx: Tx, orgId: OrgId, id: BotId): Promise<BotRow | null> {
  const [row] = await tx
    .select(botColumns)
    .from(bots)
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
  return row ?? null;
}

/** The bot's row, locked until the transaction ends. */
export async function lockBot(tx: Tx, orgId: OrgId, id: BotId): Promise<BotRow | null> {
  const [row] = await tx
    .select(botColumns)
    .from(bots)
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id)))
    .for('update');
  return row ?? null;
}

/**
 * What a running bot's bar needs; null when the bot does not run, has no such step before it, or its version or market
 * is gone.
 */
export async function findDueBot(tx: Tx, orgId: OrgId, id: BotId, step: number) {
  const [row] = await tx
    .select({ bot: botColumns, versionNumber: sql<number>`${versions.number}`, market: markets })
    .from(bots)
    .innerJoin(versions, eq(versions.id, bots.versionId))
    .innerJoin(markets, eq(markets.id, bots.marketId))
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id), eq(bots.status, 'running'), eq(bots.step, step)));
  return row ?? null;
}

/** The checkpoint as it is stored. */
export async function findCheckpoint(tx: Tx, orgId: OrgId, id: BotId): Promise<unknown> {
  const [row] = await tx
    .select({ checkpoint: bots.checkpoint })
    .from(bots)
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
  return row?.checkpoint ?? null;
}

interface BotMove {
  readonly nextBar: number;
  readonly step: number;
  /** Stored when there is one. */
  readonly checkpoint: unknown;
}

/**
 * Moves a bot behind a bar and runs `andThen` (such as a call that adds a job), in one statement; nothing of both
 * happens when the bot is not as it was: paused, removed, moved by somebody else, or set to run something else; nor
 * when bars of its market were corrected since `corrected`.
 */
export async function moveBot(
  tx: Tx,
  before: BotRow,
  { corrected, ...after }: BotMove & Pick<MarketRow, 'corrected'>,
  andThen: SQL,
): Promise<boolean> {
  const { orgId, id, step, nextBar, versionId, marketId } = before;
  const checkpoint =
    after.checkpoint === null ? sql`checkpoint` : sql`${JSON.stringify(after.checkpoint)}::text::jsonb`;
  const moved = await tx.execute(sql`
    with moved as (
      update ${bots} set next_bar = ${after.nextBar}::int, step = ${after.step}::int, checkpoint = ${checkpoint},
        updated_at = now()
      where org_id = ${orgId} and id = ${id} and status = 'running' and step = ${step} and next_bar = ${nextBar}
        and version_id = ${versionId} and market_id = ${marketId}
        and (select ${markets.corrected} from ${markets} where ${markets.orgId} = ${orgId}
          and ${markets.id} = ${marketId}) = ${corrected}
      returning 1
    )
    select ${andThen} is not null as added from moved`);
  return moved.length > 0;
}

/** Keeps how far a bot has come on the way to its next bar, unless it was paused or moved meanwhile. */
export async function storeProgress(
  tx: Tx,
  { orgId, id, step, versionId, marketId }: BotRow,
  checkpoint: unknown,
): Promise<void> {
  await tx
    .update(bots)
    .set({ checkpoint: sql`${JSON.stringify(checkpoint)}::text::jsonb` })
    .where(
      and(
        eq(bots.orgId, orgId),
        eq(bots.id, id),
        eq(bots.status, 'running'),
        eq(bots.step, step),
        eq(bots.versionId, versionId),
        eq(bots.marketId, marketId),
      ),
    );
}

/**
 * Puts the version that waits in place of a bot's own, with a new beginning; null when none waits any more, or another
 * one.
 */
export async function switchVersion(
  tx: Tx,
  { orgId, id, nextVersionId, upgrade }: BotRow,
  begin: Required<Pick<BotRow, 'tradesAfter' | 'carriedCash'>>,
): Promise<{ readonly number: number } | null> {
  if (nextVersionId === null || upgrade === null) return null;
  const switched = await tx
    .update(bots)
    .set({ ...begin, versionId: nextVersionId, nextVersionId: null, upgrade: null, checkpoint: null })
    .where(
      and(eq(bots.orgId, orgId), eq(bots.id, id), eq(bots.nextVersionId, nextVersionId), eq(bots.upgrade, upgrade)),
    )
    .returning({ id: bots.id });
  if (switched.length === 0) return null;
  const [version] = await tx
    .select({ number: sql<number>`${versions.number}` })
    .from(versions)
    .where(and(eq(versions.orgId, orgId), eq(versions.id, nextVersionId)));
  return version ?? null;
}

/** False when the bot does not run any more, or has moved on. */
export async function haltBot(tx: Tx, { orgId, id, step }: BotRow, failure: string): Promise<boolean> {
  const halted = await tx
    .update(bots)
    .set({ status: 'halted', failure, updatedAt: sql`now()` })
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id), eq(bots.status, 'running'), eq(bots.step, step)))
    .returning({ id: bots.id });
  return halted.length > 0;
}

export async function insertBot(tx: Tx, bot: typeof bots.$inferInsert): Promise<BotId> {
  const [row] = await tx.insert(bots).values(bot).returning({ id: bots.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

export async function updateBot(
  tx: Tx,
  orgId: OrgId,
  id: BotId,
  change: Partial<typeof bots.$inferSelect>,
): Promise<void> {
  await tx
    .update(bots)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
}

export async function deleteBot(tx: Tx, orgId: OrgId, id: BotId): Promise<void> {
  await tx.delete(bots).where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
}

/** Running bots of all organisations that have a bar before them, and have not moved for so many milliseconds. */
export const listStuckBots = (tx: Tx, stuckAfter: number) =>
  tx
    .select({ id: bots.id, orgId: bots.orgId, step: bots.step })
    .from(bots)
    .innerJoin(markets, and(eq(markets.orgId, bots.orgId), eq(markets.id, bots.marketId)))
    .where(
      and(
        eq(bots.status, 'running'),
        lt(bots.nextBar, markets.barCount),
        sql`${bots.updatedAt} < now() - ${interval(stuckAfter)}`,
      ),
    );

/** Stores signals that are not stored yet. Returns the new signals, in their order. */
export async function insertSignals(tx: Tx, rows: readonly (typeof signals.$inferInsert)[]): Promise<SignalRow[]> {
  if (rows.length === 0) return [];
  return tx
    .insert(signals)
    .values([...rows])
    .onConflictDoNothing()
    .returning();
}

/** The newest first; of one bar in the order in which the bot said them, backwards. */
export const listSignals = (tx: Tx, orgId: OrgId, filter: Page & { botId?: BotId | undefined }) =>
  tx
    .select({
      id: signals.id,
      botId: signals.botId,
      botName: bots.name,
      versionId: signals.versionId,
      versionNumber: sql<number>`${versions.number}`,
      symbol: signals.symbol,
      timeframe: signals.timeframe,
      barTime: signals.barTime,
      nodeId: signals.nodeId,
      ordinal: signals.ordinal,
      kind: signals.kind,
      price: signals.price,
      note: signals.note,
      reason: signals.reason,
      emittedAt: signals.emittedAt,
    })
    .from(signals)
    .innerJoin(bots, eq(bots.id, signals.botId))
    .innerJoin(versions, eq(versions.id, signals.versionId))
    .where(
      and(
        eq(signals.orgId, orgId),
        filter.botId === undefined ? undefined : eq(signals.botId, filter.botId),
        filter.cursor && behindSignal(tx, filter.cursor),
      ),
    )
    .orderBy(desc(signals.emittedAt), desc(signals.barTime), desc(signals.ordinal), desc(signals.id))
    .limit(filter.limit);

/** Signals of one bar share a time: among them the bar and the order decide, which the signal of the cursor has. */
function behindSignal(tx: Tx, { at, id }: Cursor): SQL | undefined {
  const { emittedAt, barTime, ordinal } = signals;
  const last = tx
    .select({ barTime, ordinal, id: signals.id })
    .from(signals)
    .where(eq(signals.id, idOf('signal', id)));
  const time = new Date(at);
  return or(lt(emittedAt, time), and(eq(emittedAt, time), sql`(${barTime}, ${ordinal}, ${signals.id}) < (${last})`));
}
