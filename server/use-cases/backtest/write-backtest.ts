import type { BacktestResult } from '#core/engine/outcome/result.ts';
import type { BacktestParts } from './read-backtests.ts';

export const EXPORTS = ['trades.csv', 'equity.csv', 'signals.csv', 'result.json'] as const;
export type Export = (typeof EXPORTS)[number];

/** Lines that are put together before they are sent. */
const AT_ONCE = 4096;

/** A finished run as a file, piece by piece, all of it. Times are ISO 8601, numbers have all their digits. */
export function* writeBacktest({ row, result, time }: BacktestParts, what: Export): Generator<string> {
  switch (what) {
    case 'trades.csv':
      yield* csv(
        TRADE_COLUMNS.map(([name]) => name),
        result.trades.length,
        (index) => {
          const trade = result.trades[index];
          return trade ? TRADE_COLUMNS.map(([, of]) => of(trade)) : [];
        },
      );
      return;
    case 'equity.csv':
      yield* csv(['time', 'equity', 'drawdown', 'benchmark'], time.length, (bar) => [
        iso(time[bar] ?? 0),
        result.equity[bar] ?? '',
        result.drawdown[bar] ?? '',
        result.benchmark[bar] ?? '',
      ]);
      return;
    case 'signals.csv':
      yield* csv(['time', 'kind', 'price', 'node', 'note'], result.signals.length, (index) => {
        const signal = result.signals[index];
        return signal ? [iso(signal.time), signal.kind, signal.price, signal.node, signal.note ?? ''] : [];
      });
      return;
    case 'result.json':
      yield JSON.stringify({
        format: 'alphaloom/backtest@1',
        formula: row.formulaName,
        version: row.versionNumber,
        contentHash: row.contentHash,
        code: row.code,
        market: row.symbol,
        timeframe: row.timeframe,
        inputs: row.inputs,
        settings: row.settings,
        bars: time.length,
        metrics: row.metrics ?? {},
        trades: result.trades,
        rejected: result.rejected,
        signals: result.signals,
        equity: result.equity,
      });
  }
}

type Trade = BacktestResult['trades'][number];
type Cell = string | number;

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const TRADE_COLUMNS: readonly (readonly [name: string, of: (trade: Trade) => Cell])[] = [
  ['side', (trade) => trade.side],
  ['units', (trade) => trade.units],
  ['entryTime', (trade) => iso(trade.entryTime)],
  ['entryPrice', (trade) => trade.entryPrice],
  ['exitTime', (trade) => iso(trade.exitTime)],
  ['exitPrice', (trade) => trade.exitPrice],
  ['gross', (trade) => trade.gross],
  ['net', (trade) => trade.net],
  ['return', (trade) => trade.return],
  ['commission', (trade) => trade.commission],
  ['barsHeld', (trade) => trade.barsHeld],
  ['mae', (trade) => trade.mae],
  ['mfe', (trade) => trade.mfe],
  ['reason', (trade) => trade.reason],
];

function* csv(header: readonly string[], length: number, rowAt: (index: number) => readonly Cell[]): Generator<string> {
  yield `${header.join(',')}\n`;
  for (let from = 0; from < length; from += AT_ONCE) {
    let lines = '';
    for (let index = from; index < Math.min(length, from + AT_ONCE); index += 1)
      lines += `${rowAt(index).map(quoted).join(',')}\n`;
    yield lines;
  }
}

/** A text that a spreadsheet would take for a formula is marked as a text. */
function quoted(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
