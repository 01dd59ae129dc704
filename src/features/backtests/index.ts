export { BacktestPage } from './backtest-page.tsx';
export { BacktestsPage } from './backtests-page.tsx';
export { ComparePage } from './compare-page.tsx';
export { MetricFigure } from './metric-figure.tsx';
export { MarketFields, SettingsFields, timesOf, useRunChoice } from './run-fields.tsx';
export { runSettings } from './run-settings-store.ts';
export { StatusBadge } from './status-badge.tsx';
