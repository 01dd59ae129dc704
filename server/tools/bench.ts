/**
 * `npm run bench`: how fast the engine is on this machine, as medians. Bars are a random walk with a fixed seed, so that runs compare.
 */
import { availableParallelism, cpus } from 'node:os';
import { backtest } from '#core/engine/backtest.ts';
import { compile } from '#core/engine/compile.ts';
import { evaluate } from '#core/engine/evaluate.ts';
import type { Plan } from '#core/engine/plan.ts';
import { createRunner } from '#core/engine/runner.ts';
import { DEFAULT_SETTINGS } from '#core/engine/settings.ts';
import { parse } from '#core/formula/parse.ts';
import type { Bar, Bars } from '#core/market/bars.ts';
import { table } from '#server/cli/table.ts';

const SMA_CROSS = `fast = sma(close, 10)
slow = sma(close, 50)
buy(when: crossover(fast, slow))
sell(when: crossunder(fast, slow))`;

/** Fifty nodes, as people write them: averages, bands, oscillators, windows, and an entry with protection. */
const FIFTY_NODES = `fast = ema(close, 12)
slow = ema(close, 26)
trend = sma(close, 200)
bands = bbands(close, 20, 2, 2)
strength = rsi(close, 14)
range = atr(14)
lines = macd(close, 12, 26, 9)
top = highest(high, 55)
bottom = lowest(low, 20)
energy = adx(14)
busy = volume > 1.5 * sma(volume, 20)
up = close > trend and fast > slow and energy > 20
calm = range / close < 0.05
enter = up and calm and (crossover(lines.macd, lines.signal) or close > top[1] or busy and strength < 40)
leave = crossunder(fast, slow) or close < bottom[1] or strength > 85 and close > bands.upper
buy(when: enter, size: 50%, stop: close - 3 * range, target: 15%)
sell(when: leave)`;

function randomBars(length: number): Bars {
  const column = () => new Float64Array(length);
  const bars = { symbol: 'WALK', timeframe: '1m' as const, length, time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  let price = 100;
  for (let bar = 0; bar < length; bar += 1) {
    const open = price;
    price = Math.max(1, open * (1 + (random() - 0.5) * 0.01));
    bars.time[bar] = bar * 60_000;
    bars.open[bar] = open;
    bars.high[bar] = Math.max(open, price) * (1 + random() * 0.002);
    bars.low[bar] = Math.min(open, price) * (1 - random() * 0.002);
    bars.close[bar] = price;
    bars.volume[bar] = 100 + random() * 900;
  }
  return bars;
}

function planOf(code: string, keepNamed = false): Plan {
  const plan = compile(parse(code).formula, {}, { keepNamed });
  if (!plan.ok) throw new Error(plan.error.map(({ message }) => message).join('\n'));
  return plan.value;
}

/** Milliseconds a run, the median of as many as fit into two seconds, five at the least; the first two warm up. */
function medianOf(run: () => void): number {
  for (let i = 0; i < 2; i += 1) run();
  const samples: number[] = [];
  const begin = performance.now();
  while (samples.length < 5 || performance.now() - begin < 2000) {
    const start = performance.now();
    run();
    samples.push(performance.now() - start);
  }
  return samples.sort((a, b) => a - b)[samples.length >> 1] ?? Number.NaN;
}

const rows: string[][] = [];
function report(work: string, bars: number, milliseconds: number): void {
  rows.push([work, bars.toLocaleString('en'), milliseconds.toFixed(2), (bars / milliseconds / 1000).toFixed(1), ((milliseconds * 1e6) / bars).toFixed(0)]);
}

function succeed(result: { readonly ok: boolean }): void {
  if (!result.ok) throw new Error('the run failed');
}

const cross = planOf(SMA_CROSS);

// First of all, while there is nothing else that could be collected meanwhile.
const million = randomBars(1_000_000);
const before = process.memoryUsage().arrayBuffers;
const kept = backtest(cross, million, DEFAULT_SETTINGS);
const perBar = (process.memoryUsage().arrayBuffers - before) / million.length;
succeed(kept);

for (const length of [10_000, 100_000, 1_000_000, 10_000_000]) {
  const bars = randomBars(length);
  report('SMA cross: trades, equity, drawdown, metrics', length, medianOf(() => succeed(backtest(cross, bars, DEFAULT_SETTINGS))));
}

const fifty = planOf(FIFTY_NODES);
const preview = randomBars(5000);
report(`${Object.keys(fifty.formula.nodes).length} nodes: whole result (preview)`, preview.length, medianOf(() => succeed(backtest(fifty, preview, DEFAULT_SETTINGS))));
const shown = planOf(FIFTY_NODES, true);
report(`${Object.keys(fifty.formula.nodes).length} nodes: every named series`, preview.length, medianOf(() => succeed(evaluate(shown, preview))));

const live = createRunner(fifty, DEFAULT_SETTINGS, '1m');
if ('refused' in live) throw new Error(live.refused);
const many = randomBars(100_000);
const stream: Bar[] = Array.from({ length: many.length }, (_, bar) => ({
  time: many.time[bar] ?? 0, open: many.open[bar] ?? 0, high: many.high[bar] ?? 0, low: many.low[bar] ?? 0, close: many.close[bar] ?? 0, volume: many.volume[bar] ?? 0,
}));
report(`${Object.keys(fifty.formula.nodes).length} nodes: live, bar by bar`, stream.length, medianOf(() => {
  for (const bar of stream) live.onBar(bar);
}));

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}\n`);
console.log(table(['work', 'bars', 'ms', 'M bars/s', 'ns/bar'], rows));
console.log(`\nMemory: 48 B a bar of input; the columns of a run of the SMA cross take ${perBar.toFixed(0)} B a bar more, its result among them.`);
