import type { Metrics } from '#core/engine/outcome/backtest-result.ts';

/** JSON has no NaN: an undefined figure is left out. */
export const definedMetrics = (metrics: Metrics): Metrics =>
  Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
