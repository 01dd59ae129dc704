import { foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { KeptMetrics, MetricKey } from '#core/engine/figures/metrics.ts';
import type { KeptKey } from '#core/engine/sweep/ranking.ts';
import type { Axis, Inputs, Search } from '#core/engine/sweep/space.ts';
import type { Windows } from '#core/engine/sweep/walk-forward.ts';
import type { OrgId, SweepId } from '#core/requests/ids.ts';
import type { StoredForward } from '../keep-result.ts';
import { bytes } from './columns.ts';
import { runColumns, runKeys } from './runs.ts';

/** One version run with many values of its inputs; with `windows`, as a walk-forward. */
export const sweeps = pgTable(
  'sweeps',
  {
    ...runColumns<SweepId>(),
    /** The candidates follow from these two: `candidatesOf(axes, search)`. */
    axes: jsonb('axes').$type<readonly Axis[]>().notNull(),
    search: jsonb('search').$type<Search>().notNull(),
    windows: jsonb('windows').$type<Windows>(),
    candidateCount: integer('candidate_count').notNull(),
    /** Key of the metric by which candidates are ranked. */
    rankedBy: text('ranked_by').$type<MetricKey>().notNull(),
    /** The best candidate; of a walk-forward, its trading out of sample. */
    best: jsonb('best').$type<{ readonly inputs?: Inputs; readonly metrics: KeptMetrics }>(),
  },
  (table) => [
    unique('sweeps_org_id').on(table.orgId, table.id),
    index('sweeps_org_queued').on(table.orgId, table.queuedAt),
    index('sweeps_formula_queued').on(table.formulaId, table.queuedAt),
    index('sweeps_version').on(table.versionId),
    index('sweeps_market').on(table.marketId),
    index('sweeps_requested_by').on(table.requestedBy),
    ...runKeys(table),
  ],
);

/** The figures of a finished sweep, apart from its row so that lists stay light. */
export const sweepResults = pgTable(
  'sweep_results',
  {
    sweepId: uuid('sweep_id').$type<SweepId>().primaryKey(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    /** Keys of the metrics, in the order of the figures. */
    keys: jsonb('keys').$type<readonly KeptKey[]>().notNull(),
    /** Little-endian float64: a row of metrics for each candidate, NaN where there is none. */
    figures: bytes('figures').notNull(),
    /** Why candidates could not be run, by their index. */
    refused: jsonb('refused').$type<readonly (readonly [number, string])[]>().notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.orgId, table.sweepId], foreignColumns: [sweeps.orgId, sweeps.id] }).onDelete(
      'cascade',
    ),
  ],
);

/** What a finished walk-forward traded out of sample. */
export const forwardResults = pgTable(
  'forward_results',
  {
    sweepId: uuid('sweep_id').$type<SweepId>().primaryKey(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    forward: jsonb('forward').$type<StoredForward>().notNull(),
    /** Little-endian float64, one a bar that was traded. */
    time: bytes('time').notNull(),
    equity: bytes('equity').notNull(),
    drawdown: bytes('drawdown').notNull(),
    benchmark: bytes('benchmark').notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.orgId, table.sweepId], foreignColumns: [sweeps.orgId, sweeps.id] }).onDelete(
      'cascade',
    ),
  ],
);
