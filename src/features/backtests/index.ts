export { BacktestPage } from './backtest-page.tsx';
export { BacktestsPage } from './backtests-page.tsx';
export { StatusBadge } from './status-badge.tsx';
