import type { KeptMetrics } from '#core/engine/figures/metrics.ts';

/** JSON has no NaN: an undefined figure is left out. */
export const definedMetrics = (metrics: KeptMetrics): KeptMetrics =>
  Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
