import { foreignKey, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { KeptMetrics } from '#core/engine/figures/metrics.ts';
import type { BacktestResult } from '#core/engine/outcome/backtest-result.ts';
import type { BacktestId, OrgId } from '#core/requests/ids.ts';
import { bytes, instant } from './columns.ts';
import { runColumns, runKeys } from './runs.ts';

export const backtests = pgTable(
  'backtests',
  {
    ...runColumns<BacktestId>(),
    inputs: jsonb('inputs').$type<Record<string, number | boolean | string>>().notNull().default({}),
    metrics: jsonb('metrics').$type<KeptMetrics>(),
    /** The equity as a small picture for lists, by `core/engine/outcome/sketch.ts`; null before there is a result. */
    sketch: jsonb('sketch').$type<readonly number[]>(),
    /** What was asked, hashed: equal questions of the same engine have the same answer. */
    resultKey: text('result_key'),
    /** What a person calls the run; null: what it was made with says enough. */
    title: text('title'),
    /** Deleted runs stay for a while, so that a deletion can be undone. */
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    unique('backtests_org_id').on(table.orgId, table.id),
    index('backtests_org_queued').on(table.orgId, table.queuedAt),
    index('backtests_result_key').on(table.orgId, table.resultKey),
    index('backtests_formula_queued').on(table.formulaId, table.queuedAt),
    index('backtests_version').on(table.versionId),
    index('backtests_market').on(table.marketId),
    index('backtests_requested_by').on(table.requestedBy),
    ...runKeys(table),
  ],
);

/** The large part of a succeeded backtest, apart from its row so that lists stay light. */
export const backtestResults = pgTable(
  'backtest_results',
  {
    backtestId: uuid('backtest_id').$type<BacktestId>().primaryKey(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    trades: jsonb('trades').$type<BacktestResult['trades']>().notNull(),
    rejected: jsonb('rejected').$type<BacktestResult['rejected']>().notNull(),
    signals: jsonb('signals').$type<BacktestResult['signals']>().notNull(),
    /** Little-endian float64, one a bar. */
    equity: bytes('equity').notNull(),
    drawdown: bytes('drawdown').notNull(),
    benchmark: bytes('benchmark').notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.orgId, table.backtestId], foreignColumns: [backtests.orgId, backtests.id] }).onDelete(
      'cascade',
    ),
  ],
);
