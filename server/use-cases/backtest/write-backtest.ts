import { writeBacktestFile, type WrittenRun } from '#core/engine/outcome/backtest-file.ts';
import type { Signal, Trade } from '#core/engine/outcome/backtest-result.ts';
import { csvLine, type Cell } from '../csv-line.ts';
import type { BacktestParts } from './read-backtests.ts';

export const EXPORTS = ['trades.csv', 'equity.csv', 'signals.csv', 'result.json'] as const;
export type Export = (typeof EXPORTS)[number];

/** Items and bars that are read at a time. */
const READ_AT_ONCE = 20_000;
/** Items and bars that are put together before they are sent: nobody waits long for the writing. */
const SENT_AT_ONCE = 1_024;

/**
 * A finished run as a file, piece by piece, all of it; of the run no more is in memory than what is written next. Times
 * are ISO 8601, numbers have all their digits.
 */
export async function* writeBacktest(parts: BacktestParts, what: Export): AsyncGenerator<string> {
  switch (what) {
    case 'trades.csv':
      yield csvLine(TRADE_COLUMNS.map(([name]) => name));
      for await (const trades of itemsOf(parts, 'trades'))
        yield trades.map((trade) => csvLine(TRADE_COLUMNS.map(([, of]) => of(trade)))).join('');
      return;
    case 'equity.csv':
      yield csvLine(['time', 'equity', 'drawdown', 'benchmark']);
      for await (const bars of barsOf(parts)) yield bars.map(csvLine).join('');
      return;
    case 'signals.csv':
      yield csvLine(['time', 'kind', 'price', 'node', 'note']);
      for await (const signals of itemsOf(parts, 'signals')) yield signals.map(lineOfSignal).join('');
      return;
    case 'result.json':
      yield* writeBacktestFile(writtenRun(parts));
  }
}

type List = 'trades' | 'rejected' | 'signals';

async function* itemsOf<Of extends List>(parts: BacktestParts, list: Of) {
  for (let start = 0; start < parts.counts[list]; start += READ_AT_ONCE) {
    const items = await parts.list(list, start, READ_AT_ONCE);
    for (let from = 0; from < items.length; from += SENT_AT_ONCE) yield items.slice(from, from + SENT_AT_ONCE);
  }
}

type Bar = readonly [time: string, equity: number, drawdown: number, benchmark: number];

async function* barsOf({ time, curves }: BacktestParts): AsyncGenerator<Bar[]> {
  for (let start = 0; start < time.length; start += READ_AT_ONCE) {
    const { equity, drawdown, benchmark } = await curves(start, READ_AT_ONCE);
    for (let from = 0; from < equity.length; from += SENT_AT_ONCE)
      yield equity
        .slice(from, from + SENT_AT_ONCE)
        .map((value, index): Bar => [
          iso(time[start + from + index] ?? 0),
          value,
          drawdown[from + index] ?? NaN,
          benchmark[from + index] ?? NaN,
        ]);
  }
}

async function* equityOf(parts: BacktestParts): AsyncGenerator<number[]> {
  for await (const bars of barsOf(parts)) yield bars.map(([, equity]) => equity);
}

function writtenRun(parts: BacktestParts): WrittenRun {
  const { row, time } = parts;
  return {
    about: {
      formula: row.formulaName,
      version: row.versionNumber,
      contentHash: row.contentHash,
      code: row.code,
      market: row.symbol,
      timeframe: row.timeframe,
      inputs: row.inputs,
    },
    settings: row.settings,
    bars: time.length,
    metrics: row.metrics ?? {},
    trades: itemsOf(parts, 'trades'),
    rejected: itemsOf(parts, 'rejected'),
    signals: itemsOf(parts, 'signals'),
    equity: equityOf(parts),
  };
}

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

const lineOfSignal = ({ time, kind, price, node, note }: Signal): string =>
  csvLine([iso(time), kind, price, node, note ?? '']);
