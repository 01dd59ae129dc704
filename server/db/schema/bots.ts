import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { SignalKind } from '#core/engine/outcome/backtest-result.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { BotId, FormulaId, MarketId, OrgId, SignalId, UserId, VersionId } from '#core/requests/ids.ts';
import { id, instant } from './columns.ts';
import { formulas, versions } from './formulas.ts';
import { markets } from './markets.ts';
import { users } from './users.ts';

export const botMode = pgEnum('bot_mode', ['paper', 'live']);
export const botStatus = pgEnum('bot_status', ['draft', 'running', 'paused', 'halted']);

/** A version that runs on a market, bar by bar. */
export const bots = pgTable(
  'bots',
  {
    id: id<BotId>(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    name: text('name').notNull(),
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    versionId: uuid('version_id').$type<VersionId>().notNull(),
    marketId: uuid('market_id').$type<MarketId>().notNull(),
    mode: botMode('mode').notNull().default('paper'),
    status: botStatus('status').notNull().default('draft'),
    settings: jsonb('settings').$type<Settings>().notNull(),
    /**
     * Index of the bar that is next; null before the first start. Written with `step` in the transaction that stores
     * the signals of the bar before.
     */
    nextBar: integer('next_bar'),
    /** Bars that the bot has taken. */
    step: integer('step').notNull().default(0),
    /** The runner's state at this position or at an earlier one: what is large is written now and then. */
    checkpoint: jsonb('checkpoint').$type<unknown>(),
    /**
     * The version that takes the place of its own at the end of a bar: of the next one, or of one that leaves it flat.
     */
    nextVersionId: uuid('next_version_id').$type<VersionId>(),
    upgrade: text('upgrade', { enum: ['now', 'flat'] }),
    /**
     * Open of the bar behind which its version took the place of another one, UTC milliseconds: up to there the version
     * only warms up. And the money with which it began then. Null where the bot has had one version.
     */
    tradesAfter: bigint('trades_after', { mode: 'number' }),
    carriedCash: doublePrecision('carried_cash'),
    /** Since when the plan allows fewer bots than there are, and this one is not among those that stay. */
    frozenAt: instant('frozen_at'),
    /** Why it was halted, in words for people. */
    failure: text('failure'),
    /** What became of bars that it had seen, in words for people. */
    notice: text('notice'),
    createdBy: uuid('created_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    unique('bots_org_id').on(table.orgId, table.id),
    index('bots_formula').on(table.formulaId),
    index('bots_version').on(table.versionId),
    index('bots_next_version').on(table.nextVersionId),
    index('bots_market').on(table.marketId),
    index('bots_created_by').on(table.createdBy),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.orgId, table.versionId], foreignColumns: [versions.orgId, versions.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      columns: [table.orgId, table.nextVersionId],
      foreignColumns: [versions.orgId, versions.id],
    }),
    foreignKey({ columns: [table.orgId, table.marketId], foreignColumns: [markets.orgId, markets.id] }),
    check('bots_upgrade', sql`(${table.nextVersionId} is null) = (${table.upgrade} is null)`),
  ],
);

/** What a bot said at the close of a bar. The unique key makes a repeated bar silent. */
export const signals = pgTable(
  'signals',
  {
    id: id<SignalId>(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    botId: uuid('bot_id').$type<BotId>().notNull(),
    versionId: uuid('version_id').$type<VersionId>().notNull(),
    symbol: text('symbol').notNull(),
    timeframe: text('timeframe').notNull(),
    /** Open of the bar, UTC milliseconds. */
    barTime: bigint('bar_time', { mode: 'number' }).notNull(),
    nodeId: text('node_id').notNull(),
    ordinal: integer('ordinal').notNull().default(0),
    kind: text('kind').$type<SignalKind>().notNull(),
    price: doublePrecision('price').notNull(),
    note: text('note'),
    reason: text('reason'),
    emittedAt: instant('emitted_at').notNull().defaultNow(),
  },
  (table) => [
    unique('signals_once').on(
      table.botId,
      table.versionId,
      table.symbol,
      table.timeframe,
      table.barTime,
      table.nodeId,
      table.ordinal,
    ),
    index('signals_org_emitted').on(table.orgId, table.emittedAt),
    index('signals_bot_emitted').on(table.orgId, table.botId, table.emittedAt),
    foreignKey({ columns: [table.orgId, table.botId], foreignColumns: [bots.orgId, bots.id] }).onDelete('cascade'),
  ],
);
