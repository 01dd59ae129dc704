import { z } from 'zod';
import type { KeptMetrics, MetricKey } from '#core/engine/figures/metrics.ts';
import type { KeptKey } from '#core/engine/sweep/ranking.ts';
import type { Timeframe } from '#core/market/bars.ts';
import type { IdKind, IdOf } from '#core/requests/ids.ts';
import { PERMISSIONS, ROLES } from '#server/policies/permissions.ts';

/**
 * What answers of procedures are made of. An answer names every field that leaves the server: a column that somebody
 * adds to a table reaches nobody before the column stands here.
 */

/** The schema of what a use-case gives: with every field of it, and no other. */
export type AnswerOf<UseCase extends (...given: never[]) => unknown> = z.ZodType<Awaited<ReturnType<UseCase>>>;

/** Of what changes something and has nothing to say. */
export const nothing = z.void();

/** Names one thing of a kind. */
export const id = <Kind extends IdKind>(_kind: Kind) =>
  z.custom<IdOf<Kind>>((value) => typeof value === 'string', 'no id');

/** Any number, NaN and infinite ones too: a figure may not be defined. */
export const figure = z.custom<number>((value) => typeof value === 'number', 'no number');

/**
 * A long list that is sent as it is. Looked at is that it is a list, and what its ends are: to look at each of a
 * hundred thousand values would take longer than to make them.
 */
export const column = <Item>(item: z.ZodType<Item>) =>
  z.custom<Item[]>(
    (value) =>
      Array.isArray(value) &&
      [...value.slice(0, 1), ...value.slice(-1)].every((one: unknown) => item.safeParse(one).success),
    'no column',
  );

export const figures = column(figure);
export const texts = z.array(z.string());
/** Of what makes something of a kind. */
export const created = <Kind extends IdKind>(kind: Kind) => z.strictObject({ id: id(kind) });

export const role = z.enum(ROLES);
export const permission = z.enum([...PERMISSIONS]);
export const timeframe = z.custom<Timeframe>((value) => typeof value === 'string' && /^\d+[smhdwM]$/.test(value));

/**
 * Values by names that are data, in one look: a list of runs has thousands of metrics, and a schema a value takes as
 * long as sending them.
 */
const isValuesOf =
  (isValue: (value: unknown) => boolean) =>
  (all: unknown): boolean =>
    typeof all === 'object' && all !== null && !Array.isArray(all) && Object.values(all).every(isValue);
const NO_VALUES = 'no values by name';

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isConstant = (value: unknown): value is number | boolean | string =>
  isNumber(value) || typeof value === 'boolean' || typeof value === 'string';

export const metricKey = z.custom<MetricKey>((key) => typeof key === 'string');
export const keptKey = z.custom<KeptKey>((key) => typeof key === 'string');
/** Also metrics of earlier engines, whatever their names. */
export const metrics = z.custom<KeptMetrics>(isValuesOf(isNumber), NO_VALUES);
const constant = z.custom<number | boolean | string>(isConstant);
export const inputs = z.custom<Record<string, number | boolean | string>>(isValuesOf(isConstant), NO_VALUES);
export const axes = z.array(z.strictObject({ name: z.string(), values: column(constant) }));

/** What became of the bars that a run was made on. */
export const barsSince = z.strictObject({
  lastBar: figure.nullable(),
  corrected: z.array(z.strictObject({ symbol: z.string(), timeframe: z.string(), bars: figure })).readonly(),
  hasNewer: z.boolean(),
});

const settings = z.strictObject({
  cash: figure,
  commission: figure,
  commissionFixed: figure,
  commissionMinimum: figure,
  slippage: figure,
  lot: figure,
  leverage: figure,
  fill: z.enum(['open', 'close']),
  closeAtEnd: z.boolean(),
  short: z.boolean(),
});

export const runStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

/** What every run has. */
export const run = <Kind extends 'backtest' | 'sweep'>(kind: Kind) => ({
  id: id(kind),
  formulaId: id('formula'),
  formulaName: z.string(),
  versionId: id('version'),
  contentHash: z.string(),
  versionNumber: figure.nullable(),
  marketId: id('market'),
  symbol: z.string(),
  timeframe,
  currency: z.string(),
  settings,
  from: figure.nullable(),
  to: figure.nullable(),
  status: runStatus,
  progress: figure,
  failure: z.string().nullable(),
  requestedBy: z.string(),
  queuedAt: figure,
  startedAt: figure.nullable(),
  finishedAt: figure.nullable(),
});

export const curves = { time: figures, equity: figures, drawdown: figures, benchmark: figures };

/** As many values in each as there are trades. */
export const trades = z.strictObject({
  side: column(z.enum(['long', 'short'])),
  units: figures,
  entryBar: figures,
  entryTime: figures,
  entryPrice: figures,
  exitBar: figures,
  exitTime: figures,
  exitPrice: figures,
  net: figures,
  return: figures,
  barsHeld: figures,
  mae: figures,
  mfe: figures,
  reason: column(z.enum(['signal', 'stop', 'target', 'trail', 'reversed', 'end', 'ruin'])),
});

/** Bars as charts take them. */
export const bars = {
  time: figures,
  open: figures,
  high: figures,
  low: figures,
  close: figures,
  volume: figures,
  reducedBy: figure,
};
