import { bigint, foreignKey, index, integer, jsonb, pgTable, real, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Axis, Inputs, Search } from '#core/engine/sweep/space.ts';
import type { Metrics, Trade } from '#core/engine/result.ts';
import type { Settings } from '#core/engine/settings.ts';
import type { ForwardWindow, Windows } from '#core/engine/walk-forward.ts';
import { backtestStatus } from './backtests.ts';
import { bytes, id, instant } from './columns.ts';
import { formulas, versions } from './formulas.ts';
import { markets } from './markets.ts';
import { users } from './users.ts';

/** One version run with many values of its inputs; with `windows`, as a walk-forward. */
export const sweeps = pgTable(
  'sweeps',
  {
    id: id(),
    orgId: uuid('org_id').notNull(),
    formulaId: uuid('formula_id').notNull(),
    versionId: uuid('version_id').notNull(),
    marketId: uuid('market_id').notNull(),
    settings: jsonb('settings').$type<Settings>().notNull(),
    /** The candidates follow from these two: `candidatesOf(axes, search)`. */
    axes: jsonb('axes').$type<readonly Axis[]>().notNull(),
    search: jsonb('search').$type<Search>().notNull(),
    windows: jsonb('windows').$type<Windows>(),
    candidateCount: integer('candidate_count').notNull(),
    /** Key of the metric by which candidates are ranked. */
    rankedBy: text('ranked_by').notNull(),
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
    /** The best candidate; of a walk-forward, its trading out of sample. */
    best: jsonb('best').$type<{ readonly inputs?: Inputs; readonly metrics: Metrics }>(),
    engineVersion: text('engine_version'),
  },
  (table) => [
    unique('sweeps_org_id').on(table.orgId, table.id),
    index('sweeps_org_queued').on(table.orgId, table.queuedAt),
    index('sweeps_formula_queued').on(table.formulaId, table.queuedAt),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete('cascade'),
    foreignKey({ columns: [table.orgId, table.versionId], foreignColumns: [versions.orgId, versions.id] }).onDelete('cascade'),
    foreignKey({ columns: [table.orgId, table.marketId], foreignColumns: [markets.orgId, markets.id] }),
  ],
);

/** A walk-forward's trading out of sample, but for its columns. */
export interface StoredForward {
  readonly windows: readonly ForwardWindow[];
  /** Null where it is undefined. */
  readonly efficiency: number | null;
  readonly metrics: Metrics;
  readonly trades: readonly Trade[];
}

/** The figures of a finished sweep, apart from its row so that lists stay light. */
export const sweepResults = pgTable(
  'sweep_results',
  {
    sweepId: uuid('sweep_id').primaryKey(),
    orgId: uuid('org_id').notNull(),
    /** Keys of the metrics, in the order of the figures. */
    keys: jsonb('keys').$type<readonly string[]>().notNull(),
    /** Little-endian float64: a row of metrics for each candidate, NaN where there is none. */
    figures: bytes('figures').notNull(),
    /** Why candidates could not be run, by their index. */
    refused: jsonb('refused').$type<readonly (readonly [number, string])[]>().notNull(),
  },
  (table) => [foreignKey({ columns: [table.orgId, table.sweepId], foreignColumns: [sweeps.orgId, sweeps.id] }).onDelete('cascade')],
);

/** What a finished walk-forward traded out of sample. */
export const forwardResults = pgTable(
  'forward_results',
  {
    sweepId: uuid('sweep_id').primaryKey(),
    orgId: uuid('org_id').notNull(),
    forward: jsonb('forward').$type<StoredForward>().notNull(),
    /** Little-endian float64, one a bar that was traded. */
    time: bytes('time').notNull(),
    equity: bytes('equity').notNull(),
    drawdown: bytes('drawdown').notNull(),
    benchmark: bytes('benchmark').notNull(),
  },
  (table) => [foreignKey({ columns: [table.orgId, table.sweepId], foreignColumns: [sweeps.orgId, sweeps.id] }).onDelete('cascade')],
);
