import { bigint, foreignKey, jsonb, pgEnum, real, text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { FormulaId, MarketId, OrgId, RunId, UserId, VersionId } from '#core/requests/ids.ts';
import type { MadeOn } from '../made-on.ts';
import { id, instant } from './columns.ts';
import { formulas, versions } from './formulas.ts';
import { markets } from './markets.ts';
import { users } from './users.ts';

export const runStatus = pgEnum('backtest_status', ['queued', 'running', 'succeeded', 'failed', 'cancelled']);

/** What is known of everything that is computed of a version on a market, from the queue to its end. */
export const runColumns = <Id extends RunId>() => ({
  id: id<Id>(),
  orgId: uuid('org_id').$type<OrgId>().notNull(),
  formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
  versionId: uuid('version_id').$type<VersionId>().notNull(),
  marketId: uuid('market_id').$type<MarketId>().notNull(),
  settings: jsonb('settings').$type<Settings>().notNull(),
  fromTime: bigint('from_time', { mode: 'number' }),
  toTime: bigint('to_time', { mode: 'number' }),
  status: runStatus('status').notNull().default('queued'),
  progress: real('progress').notNull().default(0),
  /** Why it failed, in words for people. */
  failure: text('failure'),
  requestedBy: uuid('requested_by')
    .$type<UserId>()
    .references(() => users.id, { onDelete: 'set null' }),
  queuedAt: instant('queued_at').notNull().defaultNow(),
  startedAt: instant('started_at'),
  finishedAt: instant('finished_at'),
  engineVersion: text('engine_version'),
  /** Null until it has an answer. */
  madeOn: jsonb('made_on').$type<MadeOn>(),
});

type RunTable = Readonly<Record<'orgId' | 'formulaId' | 'versionId' | 'marketId', AnyPgColumn>>;

/** A run goes with its formula and its version; a market that has runs stays. */
export const runKeys = ({ orgId, formulaId, versionId, marketId }: RunTable) => [
  foreignKey({ columns: [orgId, formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete('cascade'),
  foreignKey({ columns: [orgId, versionId], foreignColumns: [versions.orgId, versions.id] }).onDelete('cascade'),
  foreignKey({ columns: [orgId, marketId], foreignColumns: [markets.orgId, markets.id] }),
];
