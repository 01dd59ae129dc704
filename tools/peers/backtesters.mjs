export { DataFrame } from 'data-forge';
export { backtest } from 'grademark';
