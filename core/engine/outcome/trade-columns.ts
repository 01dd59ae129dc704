import type { Trade } from './backtest-result.ts';

/** What people see of a trade. */
export type ShownTrade = Pick<
  Trade,
  | 'side'
  | 'units'
  | 'entryBar'
  | 'entryTime'
  | 'entryPrice'
  | 'exitBar'
  | 'exitTime'
  | 'exitPrice'
  | 'net'
  | 'return'
  | 'barsHeld'
  | 'mae'
  | 'mfe'
  | 'reason'
>;

/** Trades column by column: of thousands, each name is sent once. */
export type TradeColumns = { readonly [K in keyof ShownTrade]: readonly ShownTrade[K][] };

export function columnsOfTrades(trades: readonly Trade[]): TradeColumns {
  const column = <K extends keyof ShownTrade>(key: K): ShownTrade[K][] => trades.map((trade) => trade[key]);
  return {
    side: column('side'),
    units: column('units'),
    entryBar: column('entryBar'),
    entryTime: column('entryTime'),
    entryPrice: column('entryPrice'),
    exitBar: column('exitBar'),
    exitTime: column('exitTime'),
    exitPrice: column('exitPrice'),
    net: column('net'),
    return: column('return'),
    barsHeld: column('barsHeld'),
    mae: column('mae'),
    mfe: column('mfe'),
    reason: column('reason'),
  };
}

export function tradesOfColumns(columns: TradeColumns): ShownTrade[] {
  return columns.side.flatMap((side, index) => {
    const reason = columns.reason[index];
    const at = (column: readonly number[]): number => column[index] ?? Number.NaN;
    if (reason === undefined) return [];
    return {
      side,
      reason,
      units: at(columns.units),
      entryBar: at(columns.entryBar),
      entryTime: at(columns.entryTime),
      entryPrice: at(columns.entryPrice),
      exitBar: at(columns.exitBar),
      exitTime: at(columns.exitTime),
      exitPrice: at(columns.exitPrice),
      net: at(columns.net),
      return: at(columns.return),
      barsHeld: at(columns.barsHeld),
      mae: at(columns.mae),
      mfe: at(columns.mfe),
    };
  });
}
