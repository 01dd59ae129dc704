import { bigint, boolean, foreignKey, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Timeframe } from '#core/market/bars.ts';
import { bytes, id, instant } from './columns.ts';
import { organisations } from './organisations.ts';

/** Bars of one symbol at one timeframe. Times are UTC milliseconds. */
export const markets = pgTable(
  'markets',
  {
    id: id(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    symbol: text('symbol').notNull(),
    name: text('name').notNull(),
    timeframe: text('timeframe').$type<Timeframe>().notNull(),
    currency: text('currency').notNull(),
    source: text('source').notNull(),
    barCount: integer('bar_count').notNull(),
    firstTime: bigint('first_time', { mode: 'number' }).notNull(),
    lastTime: bigint('last_time', { mode: 'number' }).notNull(),
    /** False when the volume is missing at every bar. */
    hasVolume: boolean('has_volume').notNull().default(true),
    dataHash: text('data_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('markets_symbol').on(table.orgId, table.symbol, table.timeframe),
    unique('markets_org_id').on(table.orgId, table.id),
  ],
);

/** At most 16,384 bars: six columns (time, open, high, low, close, volume) of little-endian float64, one after another. */
export const barChunks = pgTable(
  'bar_chunks',
  {
    orgId: uuid('org_id').notNull(),
    marketId: uuid('market_id').notNull(),
    firstTime: bigint('first_time', { mode: 'number' }).notNull(),
    count: integer('count').notNull(),
    columns: bytes('columns').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.firstTime] }),
    foreignKey({ columns: [table.orgId, table.marketId], foreignColumns: [markets.orgId, markets.id] }).onDelete(
      'cascade',
    ),
  ],
);
