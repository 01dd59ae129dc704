import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Trade } from '#core/engine/outcome/backtest-result.ts';
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
const signal = { bar: 0, time: 0, node: 'n1', kind: 'buy' as const, price: 10, note: '=cmd("x"), twice' };
const partsOf = (trades: readonly Trade[], equity: readonly number[]) => {
  const lists = { trades, rejected: [], signals: [signal] };
  const reads: string[] = [];
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
    time: Float64Array.from(equity, (_, bar) => bar * DAY),
    counts: { trades: trades.length, rejected: 0, signals: 1 },
    list: async (list: keyof typeof lists, start: number, length: number) => {
      reads.push(list);
      return lists[list].slice(start, start + length);
    },
    curves: async (start: number, length: number) => ({
      equity: equity.slice(start, start + length),
      drawdown: equity.slice(start, start + length).map(() => 0),
      benchmark: [100, 115],
    }),
  } as unknown as BacktestParts;
  return { parts, reads };
};
const written = async (what: Export, { parts } = partsOf([trade], [100, 102.5])): Promise<string> => {
  let text = '';
  for await (const piece of writeBacktest(parts, what)) text += piece;
  return text;
};

test('trades and equity as tables with times that any program reads', async () => {
  expect(await written('trades.csv')).toBe(
    'side,units,entryTime,entryPrice,exitTime,exitPrice,gross,net,return,commission,barsHeld,mae,mfe,reason\nlong,2,1970-01-01T00:00:00.000Z,10,1970-01-02T00:00:00.000Z,11.5,3,2.5,0.125,0.5,1,-0.1,0.2,signal\n',
  );
  expect(await written('equity.csv')).toBe(
    'time,equity,drawdown,benchmark\n1970-01-01T00:00:00.000Z,100,0,100\n1970-01-02T00:00:00.000Z,102.5,0,115\n',
  );
});

test('a note is a text for a spreadsheet, whatever it begins with', async () => {
  expect((await written('signals.csv')).split('\n')[1]).toBe(
    '1970-01-01T00:00:00.000Z,buy,10,n1,"\'=cmd(""x""), twice"',
  );
});

test('no note makes a formula, whichever character parts the cells', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', '=', '+', '-', '@', ';', ',', '\t', '\n', '\r', '"', ' ', '1') });
  await fc.assert(
    fc.asyncProperty(text, async (note) => {
      const parts = partsOf([], []);
      const file = await written('signals.csv', {
        ...parts,
        parts: { ...parts.parts, list: async () => [{ ...signal, note }] } as unknown as BacktestParts,
      });
      for (const separator of [',', ';', '\t'])
        for (const cell of cellsOf(file, separator)) expect(cell).not.toMatch(/^[\s"]*[=+\-@]/);
    }),
  );
});

/** As spreadsheets read a table: quotes hold a cell together where they are its first character. */
function cellsOf(file: string, separator: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at < file.length; at += 1) {
    let cell = '';
    if (file[at] === '"') {
      for (at += 1; at < file.length && (file[at] !== '"' || file[++at] === '"'); at += 1) cell += file[at] ?? '';
    }
    for (; at < file.length && file[at] !== separator && file[at] !== '\n' && file[at] !== '\r'; at += 1)
      cell += file[at] ?? '';
    cells.push(cell);
  }
  return cells;
}

test.each([
  ['a;=1+1', "a;'=1+1"],
  ['a\t+1', "a\t'+1"],
  ['a; "@b', 'a; ""\'@b'],
  ['＝1', "'＝1"],
])('a note is marked behind what another spreadsheet parts cells by: %j', async (note, marked) => {
  const { parts, reads } = partsOf([], []);
  const file = await written('signals.csv', {
    reads,
    parts: { ...parts, list: async () => [{ ...signal, note }] } as unknown as BacktestParts,
  });
  expect(file).toContain(marked);
});

test('everything as JSON, with what is needed to run it again', async () => {
  expect(JSON.parse(await written('result.json'))).toMatchObject({
    format: 'alphaloom/backtest@1',
    code: 'buy(when: true)',
    inputs: { fast: 5 },
    settings: DEFAULT_SETTINGS,
    bars: 2,
    trades: [{ net: 2.5 }],
    equity: [100, 102.5],
  });
});

test('a large result in small pieces, each of which is read when the one before is taken', async () => {
  const many = partsOf(
    Array.from({ length: 45_000 }, (_, index) => ({ ...trade, net: index })),
    Array.from({ length: 45_000 }, (_, index) => index),
  );
  const pieces = writeBacktest(many.parts, 'result.json');
  let longest = 0;
  let text = '';
  for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) {
    longest = Math.max(longest, piece.value.length);
    text += piece.value;
    if (text.length < 1_000_000) expect(many.reads).toEqual(many.reads.slice(0, 1));
  }
  expect(longest).toBeLessThan(500_000);
  const read = JSON.parse(text) as { trades: { net: number }[]; equity: number[] };
  expect(read.trades.map(({ net }) => net)).toEqual(read.equity);
  expect(read.equity).toEqual(Array.from({ length: 45_000 }, (_, index) => index));
  expect((await written('trades.csv', many)).split('\n').length).toBe(45_002);
});
