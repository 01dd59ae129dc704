import type { ShownTrade } from '#core/engine/outcome/trade-columns.ts';
import type { Outputs } from '#trpc/types.ts';

export type Backtest = Outputs['backtest']['get'];
export type Trade = ShownTrade;
