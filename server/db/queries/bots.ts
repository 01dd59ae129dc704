import { and, desc, eq, lt, max, sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { bots, formulas, markets, signals, versions } from '../schema/index.ts';

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
      versionNumber: versions.number,
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

export const listBots = (tx: Tx, orgId: string) =>
  summaries(tx).where(eq(bots.orgId, orgId)).orderBy(desc(bots.createdAt));

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

/** The newest first, those emitted before `before`. */
export const listSignals = (
  tx: Tx,
  orgId: string,
  filter: { botId?: string | undefined; before?: Date | undefined; limit: number },
) =>
  tx
    .select({
      id: signals.id,
      botId: signals.botId,
      botName: bots.name,
      versionId: signals.versionId,
      versionNumber: versions.number,
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
        filter.before === undefined ? undefined : lt(signals.emittedAt, filter.before),
      ),
    )
    .orderBy(desc(signals.emittedAt), desc(signals.barTime), desc(signals.ordinal))
    .limit(filter.limit);
