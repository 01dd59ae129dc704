import { METRICS, type MetricDefinition, type MetricKey } from './metrics.ts';

export const METRIC_KEYS: readonly MetricKey[] = METRICS.map(({ key }) => key);

const BY_KEY: ReadonlyMap<string, MetricDefinition> = new Map(METRICS.map((metric) => [metric.key, metric]));

/** Null for a text that names none. */
export const findMetric = (key: string): MetricDefinition | null => BY_KEY.get(key) ?? null;

/** The definitions of metrics, in the order of the keys. */
export const metricsFor = (keys: readonly MetricKey[]): MetricDefinition[] =>
  keys.flatMap((key) => findMetric(key) ?? []);
