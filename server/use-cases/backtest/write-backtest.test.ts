import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { BacktestParts } from './read-backtests.ts';
import { writeBacktest, type Export } from './write-backtest.ts';

const DAY = 86_400_000;
const trade = {
  side: 'long' as const,
  units: 2,
  entryBar: 0,
  entryTime: 0,
  entryPrice: 10,
  exitBar: 1,
  exitTime: DAY,
  exitPrice: 11.5,
  gross: 3,
  net: 2.5,
  return: 0.125,
  commission: 0.5,
  barsHeld: 1,
  mae: -0.1,
  mfe: 0.2,
  reason: 'signal' as const,
  entryNode: 'n1',
};
const parts = {
  row: {
    formulaName: 'Cross',
    versionNumber: 3,
    contentHash: 'abc',
    code: 'buy(when: true)',
    symbol: 'ABC',
    timeframe: '1d',
    inputs: { fast: 5 },
    settings: DEFAULT_SETTINGS,
    metrics: { trades: 1 },
  },
  result: {
    trades: [trade],
    rejected: [],
    signals: [{ bar: 0, time: 0, node: 'n1', kind: 'buy' as const, price: 10, note: '=cmd("x"), twice' }],
    equity: [100, 102.5],
    drawdown: [0, 0],
    benchmark: [100, 115],
  },
  time: Float64Array.of(0, DAY),
} as unknown as BacktestParts;
const written = (what: Export): string => [...writeBacktest(parts, what)].join('');

test('trades and equity as tables with times that any program reads', () => {
  expect(written('trades.csv')).toBe(
    'side,units,entryTime,entryPrice,exitTime,exitPrice,gross,net,return,commission,barsHeld,mae,mfe,reason\nlong,2,1970-01-01T00:00:00.000Z,10,1970-01-02T00:00:00.000Z,11.5,3,2.5,0.125,0.5,1,-0.1,0.2,signal\n',
  );
  expect(written('equity.csv')).toBe(
    'time,equity,drawdown,benchmark\n1970-01-01T00:00:00.000Z,100,0,100\n1970-01-02T00:00:00.000Z,102.5,0,115\n',
  );
});

test('a note is a text for a spreadsheet, whatever it begins with', () => {
  expect(written('signals.csv').split('\n')[1]).toBe('1970-01-01T00:00:00.000Z,buy,10,n1,"\'=cmd(""x""), twice"');
});

test('everything as JSON, with what is needed to run it again', () => {
  expect(JSON.parse(written('result.json'))).toMatchObject({
    format: 'alphaloom/backtest@1',
    code: 'buy(when: true)',
    inputs: { fast: 5 },
    settings: DEFAULT_SETTINGS,
    bars: 2,
    trades: [{ net: 2.5 }],
    equity: [100, 102.5],
  });
});
