import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Timeframe } from '#core/market/bars.ts';
import { INSTRUMENT_KINDS, type Session } from '#core/market/instrument.ts';
import type { TimesAre } from '#core/market/resolve-opens.ts';
import type { MarketId, OrgId } from '#core/requests/ids.ts';
import { bytes, id, instant } from './columns.ts';
import { organisations } from './organisations.ts';

export const instrumentKind = pgEnum('instrument_kind', INSTRUMENT_KINDS);

/** What is traded, whatever the length of the bars. What nobody has said is null. */
export const instruments = pgTable(
  'instruments',
  {
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    symbol: text('symbol').notNull(),
    name: text('name').notNull(),
    kind: instrumentKind('kind').notNull().default('other'),
    /** Where it is traded. */
    venue: text('venue'),
    currency: text('currency').notNull(),
    /** The smallest step of a price, and of an order's units. */
    tick: doublePrecision('tick'),
    lot: doublePrecision('lot'),
    /** IANA name. */
    timeZone: text('time_zone').notNull().default('UTC'),
    session: jsonb('session').$type<Session>(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.symbol] })],
);

/** A series: the bars of one instrument at one timeframe, which grows and is corrected. Times are UTC milliseconds. */
export const markets = pgTable(
  'markets',
  {
    id: id<MarketId>(),
    orgId: uuid('org_id')
      .$type<OrgId>()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    symbol: text('symbol').notNull(),
    timeframe: text('timeframe').$type<Timeframe>().notNull(),
    /** Where the first of its bars came from. */
    source: text('source').notNull(),
    barCount: integer('bar_count').notNull(),
    firstTime: bigint('first_time', { mode: 'number' }).notNull(),
    lastTime: bigint('last_time', { mode: 'number' }).notNull(),
    /** False when the volume is missing at every bar. */
    hasVolume: boolean('has_volume').notNull().default(true),
    /**
     * Whether its first file named bars by their opens or by their closes, by which a file of a few more is read too;
     * null: not known.
     */
    timesAre: text('times_are').$type<TimesAre>(),
    /** Raised by everything that changes the bars, in the transaction that does. */
    revision: integer('revision').notNull().default(0),
    /** The revision of the last correction; 0: bars were only ever added behind the last one. */
    corrected: integer('corrected').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('markets_symbol').on(table.orgId, table.symbol, table.timeframe),
    unique('markets_org_id').on(table.orgId, table.id),
    foreignKey({
      columns: [table.orgId, table.symbol],
      foreignColumns: [instruments.orgId, instruments.symbol],
    }),
  ],
);

/**
 * At most 16,384 bars: six columns (time, open, high, low, close, volume) of little-endian float64, one after another.
 */
export const barChunks = pgTable(
  'bar_chunks',
  {
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    marketId: uuid('market_id').$type<MarketId>().notNull(),
    firstTime: bigint('first_time', { mode: 'number' }).notNull(),
    count: integer('count').notNull(),
    columns: bytes('columns').notNull(),
    /**
     * SHA-256 of each of its leaves, one behind another; null where the row is no row of whole leaves, or is older than
     * leaves are.
     */
    leaves: bytes('leaves'),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.firstTime] }),
    foreignKey({ columns: [table.orgId, table.marketId], foreignColumns: [markets.orgId, markets.id] }).onDelete(
      'cascade',
    ),
  ],
);

/** Which bars of a series a correction changed, and which it put between or before others. */
export const barCorrections = pgTable(
  'bar_corrections',
  {
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    marketId: uuid('market_id').$type<MarketId>().notNull(),
    /** That of the market behind the correction. */
    revision: integer('revision').notNull(),
    /** Times of bars that have other values since, little-endian float64. */
    changed: bytes('changed').notNull(),
    /** Times of bars that were not there. */
    added: bytes('added').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.revision] }),
    foreignKey({ columns: [table.orgId, table.marketId], foreignColumns: [markets.orgId, markets.id] }).onDelete(
      'cascade',
    ),
  ],
);
