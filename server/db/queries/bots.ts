import { and, desc, eq, lt, max, or, sql, type SQL } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { bots, formulas, markets, signals, versions } from '../schema/index.ts';
import { behind, type Cursor, type Page } from './keyset.ts';

export type BotRow = typeof bots.$inferSelect;
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
      marketId: bots.marketId,
      symbol: markets.symbol,
      timeframe: markets.timeframe,
      mode: bots.mode,
      status: bots.status,
      failure: bots.failure,
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
export const listBots = (tx: Tx, orgId: string, page: Page) =>
  summaries(tx)
    .where(and(eq(bots.orgId, orgId), behind(bots.createdAt, bots.id, page)))
    .orderBy(desc(bots.createdAt), desc(bots.id))
    .limit(page.limit);

export async function findBotSummary(tx: Tx, orgId: string, id: string) {
  const [row] = await summaries(tx).where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
  return row ?? null;
}

/** The bot's row, locked until the transaction ends. */
export async function lockBot(tx: Tx, orgId: string, id: string): Promise<BotRow | null> {
  const [row] = await tx
    .select()
    .from(bots)
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id)))
    .for('update');
  return row ?? null;
}

export async function insertBot(tx: Tx, bot: typeof bots.$inferInsert): Promise<string> {
  const [row] = await tx.insert(bots).values(bot).returning({ id: bots.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

export async function updateBot(tx: Tx, orgId: string, id: string, change: Partial<BotRow>): Promise<void> {
  await tx
    .update(bots)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
}

export async function deleteBot(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx.delete(bots).where(and(eq(bots.orgId, orgId), eq(bots.id, id)));
}

/** Running bots of all organisations. */
export const listRunningBots = (tx: Tx) =>
  tx
    .select({ id: bots.id, orgId: bots.orgId, checkpoint: bots.checkpoint, updatedAt: bots.updatedAt })
    .from(bots)
    .where(eq(bots.status, 'running'));

/** Stores a signal unless it is stored already; null then. */
export async function insertSignal(tx: Tx, signal: typeof signals.$inferInsert): Promise<SignalRow | null> {
  const [row] = await tx.insert(signals).values(signal).onConflictDoNothing().returning();
  return row ?? null;
}

/** The newest first; of one bar in the order in which the bot said them, backwards. */
export const listSignals = (tx: Tx, orgId: string, filter: Page & { botId?: string | undefined }) =>
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
  const last = tx.select({ barTime, ordinal, id: signals.id }).from(signals).where(eq(signals.id, id));
  const time = new Date(at);
  return or(lt(emittedAt, time), and(eq(emittedAt, time), sql`(${barTime}, ${ordinal}, ${signals.id}) < (${last})`));
}
