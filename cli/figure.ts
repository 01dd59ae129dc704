import type { MetricDefinition } from '#core/engine/figures/metrics.ts';

export const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;

/** A metric as people read it; amounts of money with so many decimals. */
export function figure({ unit }: MetricDefinition, value: number, ofMoney = 2): string {
  if (Number.isNaN(value)) return 'na';
  if (unit === 'percent') return percent(value);
  return unit === 'count' ? String(value) : value.toFixed(unit === 'money' ? ofMoney : 2);
}
