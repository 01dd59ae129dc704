import { randomOf } from '#core/engine/chance/random.ts';
import { compile } from '#core/engine/plan/compile.ts';
import type { Plan } from '#core/engine/plan/plan.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Bar, Bars } from '#core/market/bars.ts';
import { succeed } from './measure.ts';

/** Bars of a random walk, the same each time, so that runs compare. */
export function randomBars(length: number): Bars {
  const column = () => new Float64Array(length);
  const bars = {
    symbol: 'WALK',
    timeframe: '1m' as const,
    length,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  const random = randomOf(1);
  let price = 100;
  for (let bar = 0; bar < length; bar += 1) {
    const open = price;
    price = Math.max(1, open * (1 + (random.next() - 0.5) * 0.01));
    bars.time[bar] = bar * 60_000;
    bars.open[bar] = open;
    bars.high[bar] = Math.max(open, price) * (1 + random.next() * 0.002);
    bars.low[bar] = Math.min(open, price) * (1 - random.next() * 0.002);
    bars.close[bar] = price;
    bars.volume[bar] = 100 + random.next() * 900;
  }
  return bars;
}

export const barsOneByOne = (bars: Bars): Bar[] =>
  Array.from({ length: bars.length }, (_, bar) => ({
    time: bars.time[bar] ?? 0,
    open: bars.open[bar] ?? 0,
    high: bars.high[bar] ?? 0,
    low: bars.low[bar] ?? 0,
    close: bars.close[bar] ?? 0,
    volume: bars.volume[bar] ?? 0,
  }));

export const planOf = (code: string, keepNamed = false): Plan =>
  succeed(compile(parse(code).formula, {}, { keepNamed }));

export const nodesOf = (plan: Plan): number => Object.keys(plan.formula.nodes).length;

export const SMA_CROSS = `input fast = 10
input slow = 50
fastLine = sma(close, fast)
slowLine = sma(close, slow)

buy(when: crossover(fastLine, slowLine))
sell(when: crossunder(fastLine, slowLine))`;

/** Fifty nodes, as people write them: averages, bands, oscillators, windows, and an entry with protection. */
export const FIFTY_NODES = `fast = ema(close, 12)
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

info(when: abs(mom(close, 10)) > 5 and stddev(close, 10) > 1)
buy(when: enter, size: 50%, stop: close - 3 * range, target: 15%)
sell(when: leave)`;

/** A formula of about so many nodes: averages of all lengths, compared and counted. */
export function formulaOf(nodes: number): string {
  const groups = Math.max(1, Math.round((nodes - 8) / 6));
  const lines = Array.from(
    { length: groups },
    (_, group) =>
      `line${group} = ema(close, ${group + 3})\nvote${group} = ${group === 0 ? '0' : `vote${group - 1}`} + where(close > line${group}, 1, 0)`,
  );
  return `${lines.join('\n')}\nbuy(when: crossover(vote${groups - 1}, ${groups / 2}))\nsell(when: crossunder(vote${groups - 1}, ${groups / 2}))`;
}
