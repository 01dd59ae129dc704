import { bigint, foreignKey, index, jsonb, pgEnum, pgTable, real, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { BacktestResult, Metrics } from '#core/engine/result.ts';
import type { Settings } from '#core/engine/settings.ts';
import { bytes, id, instant } from './columns.ts';
import { formulas, versions } from './formulas.ts';
import { markets } from './markets.ts';
import { users } from './users.ts';

export const backtestStatus = pgEnum('backtest_status', ['queued', 'running', 'succeeded', 'failed', 'cancelled']);

export const backtests = pgTable(
  'backtests',
  {
    id: id(),
    orgId: uuid('org_id').notNull(),
    formulaId: uuid('formula_id').notNull(),
    versionId: uuid('version_id').notNull(),
    marketId: uuid('market_id').notNull(),
    settings: jsonb('settings').$type<Settings>().notNull(),
    inputs: jsonb('inputs').$type<Record<string, number | boolean | string>>().notNull().default({}),
    fromTime: bigint('from_time', { mode: 'number' }),
    toTime: bigint('to_time', { mode: 'number' }),
    status: backtestStatus('status').notNull().default('queued'),
    progress: real('progress').notNull().default(0),
    /** Why it failed, in words for people. */
    failure: text('failure'),
    requestedBy: uuid('requested_by').references(() => users.id, { onDelete: 'set null' }),
    queuedAt: instant('queued_at').notNull().defaultNow(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    metrics: jsonb('metrics').$type<Metrics>(),
    engineVersion: text('engine_version'),
    /** What was asked, hashed: equal questions of the same engine have the same answer. */
    resultKey: text('result_key'),
  },
  (table) => [
    unique('backtests_org_id').on(table.orgId, table.id),
    index('backtests_org_queued').on(table.orgId, table.queuedAt),
    index('backtests_result_key').on(table.orgId, table.resultKey),
    index('backtests_formula_queued').on(table.formulaId, table.queuedAt),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete('cascade'),
    foreignKey({ columns: [table.orgId, table.versionId], foreignColumns: [versions.orgId, versions.id] }).onDelete('cascade'),
    foreignKey({ columns: [table.orgId, table.marketId], foreignColumns: [markets.orgId, markets.id] }),
  ],
);

/** The large part of a succeeded backtest, apart from its row so that lists stay light. */
export const backtestResults = pgTable(
  'backtest_results',
  {
    backtestId: uuid('backtest_id').primaryKey(),
    orgId: uuid('org_id').notNull(),
    trades: jsonb('trades').$type<BacktestResult['trades']>().notNull(),
    rejected: jsonb('rejected').$type<BacktestResult['rejected']>().notNull(),
    signals: jsonb('signals').$type<BacktestResult['signals']>().notNull(),
    /** Little-endian float64, one a bar. */
    equity: bytes('equity').notNull(),
    drawdown: bytes('drawdown').notNull(),
    benchmark: bytes('benchmark').notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.orgId, table.backtestId], foreignColumns: [backtests.orgId, backtests.id] }).onDelete('cascade'),
  ],
);
