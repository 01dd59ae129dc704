import * as indicatorts from 'indicatorts';
import * as technicalindicators from 'technicalindicators';
import { RSI, SMA, WSMA } from 'trading-signals';
import { backtest } from '#core/engine/backtest.ts';
import { evaluate } from '#core/engine/evaluate.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { loadTalib, type TalibModule } from '#core/formula/testing/talib/module.ts';
import type { Bars } from '#core/market/bars.ts';
import { backtest as grademark, DataFrame, type Bar, type Strategy } from '../peers/backtesters.mjs';
import { medianOf, succeed } from './measure.ts';
import { planOf, randomBars } from './work.ts';

export interface PeerRow {
  readonly work: string;
  readonly who: string;
  readonly bars: number;
  readonly milliseconds: number;
}

/**
 * Two averages that cross with room between: nobody then has to decide on the bar of an entry, at which the other does
 * not look.
 */
const BANDED_CROSS = `fast = sma(close, 10)
slow = sma(close, 50)
buy(when: fast > slow * 1.002)
sell(when: fast < slow * 0.998)`;

interface Row extends Bar {
  fast?: number;
  slow?: number;
}

/**
 * The same strategy for Grademark, the backtester on npm with rules like these: decided at a close, filled at the next
 * open.
 */
const strategy: Strategy<Row> = {
  entryRule: (enter, { bar }) => {
    if ((bar.fast ?? NaN) > (bar.slow ?? NaN) * 1.002) enter();
  },
  exitRule: (exit, { bar }) => {
    if ((bar.fast ?? NaN) < (bar.slow ?? NaN) * 0.998) exit();
  },
};

function rowsOf(bars: Bars): Row[] {
  return Array.from({ length: bars.length }, (_, bar) => ({
    time: new Date(bars.time[bar] ?? 0),
    open: bars.open[bar] ?? 0,
    high: bars.high[bar] ?? 0,
    low: bars.low[bar] ?? 0,
    close: bars.close[bar] ?? 0,
    volume: bars.volume[bar] ?? 0,
  }));
}

/** A backtest by Grademark, its averages by the fastest library that it can be given. */
function runGrademark(rows: readonly Row[], closes: number[]) {
  const [fast, slow] = [10, 50].map((period) => technicalindicators.sma({ period, values: closes }));
  const withLines = rows.map((row, bar): Row => ({
    ...row,
    fast: fast?.[bar - 9] ?? NaN,
    slow: slow?.[bar - 49] ?? NaN,
  }));
  return grademark(strategy, new DataFrame<Row>(withLines));
}

export function benchBacktests(): PeerRow[] {
  const bars = randomBars(100_000);
  const plan = planOf(BANDED_CROSS);
  const run = () => {
    const result = succeed(backtest(plan, bars, DEFAULT_SETTINGS));
    return result;
  };
  const rows = rowsOf(bars);
  const closes = Array.from(bars.close);
  const ours = run().trades.map(({ entryTime, entryPrice, exitTime, exitPrice, reason }) => [
    entryTime,
    entryPrice,
    reason === 'end' ? null : exitTime,
    reason === 'end' ? null : exitPrice,
  ]);
  const theirs = runGrademark(rows, closes).map(({ entryTime, entryPrice, exitTime, exitPrice, exitReason }) => [
    entryTime.getTime(),
    entryPrice,
    exitReason === 'finalize' ? null : exitTime.getTime(),
    exitReason === 'finalize' ? null : exitPrice,
  ]);
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error('Grademark trades otherwise');
  const work = `banded SMA cross, ${ours.length} equal trades`;
  return [
    {
      work,
      who: 'Alphaloom: trades, equity, drawdown, metrics',
      bars: bars.length,
      milliseconds: medianOf(() => void run()),
    },
    {
      work,
      who: 'grademark 0.3.0: trades alone',
      bars: bars.length,
      milliseconds: medianOf(() => void runGrademark(rows, closes), 0),
    },
  ];
}

/** A function of TA-Lib over a column, copied into the memory of WebAssembly and out of it. */
function ofTalib(module: TalibModule, name: 'SMA' | 'RSI', period: number, column: Float64Array): () => Float64Array {
  const bytes = 8 * column.length;
  const [input, output, begin, count] = [
    module._malloc(bytes),
    module._malloc(bytes),
    module._malloc(4),
    module._malloc(4),
  ];
  return () => {
    module.HEAPF64.set(column, input / 8);
    module[`_TA_${name}`]?.(0, column.length - 1, input, period, begin, count, output);
    return module.HEAPF64.slice(output / 8, output / 8 + (module.HEAP32[count / 4] ?? 0));
  };
}

export async function benchIndicators(): Promise<PeerRow[]> {
  const talib = await loadTalib();
  // More would not fit into the memory that talib-web has.
  const bars = randomBars(100_000);
  const closes = Array.from(bars.close);
  const own = (code: string) => {
    const plan = planOf(`line = ${code}`, true);
    return () => succeed(evaluate(plan, bars)).get('line') ?? [];
  };
  const each = (indicator: { add(value: number): number | null }) => closes.map((close) => indicator.add(close) ?? NaN);
  const contests: readonly (readonly [string, readonly (readonly [string, () => ArrayLike<number>])[]])[] = [
    [
      'SMA of 20',
      [
        ['Alphaloom', own('sma(close, 20)')],
        ['talib-web 0.1.3 (TA-Lib in WebAssembly)', ofTalib(talib, 'SMA', 20, bars.close)],
        ['technicalindicators 3.1.0', () => technicalindicators.sma({ period: 20, values: closes })],
        ['trading-signals 8.3.0', () => each(new SMA(20))],
        ['indicatorts 2.2.2', () => indicatorts.sma(closes, { period: 20 })],
      ],
    ],
    [
      'RSI of 14',
      [
        ['Alphaloom', own('rsi(close, 14)')],
        ['talib-web 0.1.3 (TA-Lib in WebAssembly)', ofTalib(talib, 'RSI', 14, bars.close)],
        ['technicalindicators 3.1.0', () => technicalindicators.rsi({ period: 14, values: closes })],
        ['trading-signals 8.3.0', () => each(new RSI(14, WSMA))],
        ['indicatorts 2.2.2', () => indicatorts.rsi(closes, { period: 14 })],
      ],
    ],
  ];
  return contests.flatMap(([work, runs]) => {
    const [reference] = runs.map(([, run]) => run());
    return runs.map(([who, run]): PeerRow => {
      expectSameEnd(`${who}: ${work}`, run(), reference ?? []);
      return { work, who, bars: bars.length, milliseconds: medianOf(() => void run(), 500) };
    });
  });
}

/** Libraries begin differently: the last thousand values must be the same. (Two of them round to hundredths.) */
function expectSameEnd(what: string, values: ArrayLike<number>, reference: ArrayLike<number>): void {
  for (let back = 1; back <= 1000; back += 1) {
    const [value = NaN, expected = NaN] = [values[values.length - back], reference[reference.length - back]];
    if (!(Math.abs(value - expected) <= 0.0051)) throw new Error(`${what} gives ${value} instead of ${expected}`);
  }
}
