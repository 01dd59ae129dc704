import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BLOCKS, findBlock } from '#core/formula/blocks/catalogue.ts';
import type { Bars } from '#core/market/bars.ts';
import { readCsv } from '#core/market/read-csv.ts';
import { computePlot } from './compute-plot.ts';
import type { BlockPlot } from './plot.ts';

/** The prices that the page has, too. */
function readPrices(): Bars {
  const reader = readCsv();
  reader.write(readFileSync('node_modules/vega-datasets/data/sp500-2000.csv', 'utf8'));
  const file = reader.end();
  return file.ok ? { symbol: 'SPX', timeframe: '1d', ...file.value } : expect.fail(file.error.problems[0]?.message);
}

const bars = readPrices();
const plotOf = (name: string): BlockPlot =>
  computePlot(findBlock(name) ?? expect.fail(`there is no block ${name}`), bars);
const names = (lines: readonly { readonly name: string }[]) => lines.map(({ name }) => name);

/** The mean of the last closes, computed in the plainest way. */
const meanOf = (bar: number, length: number): number =>
  bars.close.slice(bar - length + 1, bar + 1).reduce((sum, value) => sum + value, 0) / length;

describe.each(BLOCKS.map((block) => [block.name, block] as const))('%s', (_name, block) => {
  test('has something to show within its window', () => {
    const { window, overlays, panes, marks, spans, count } = computePlot(block, bars);
    expect(window.to - window.from).toBeGreaterThan(40);
    const drawn = [...overlays, ...panes.flat()].some(({ values }) =>
      values.subarray(window.from, window.to).some((value) => !Number.isNaN(value)),
    );
    const happened = [...marks.map(({ bar }) => bar), ...spans.map(({ from }) => from)].some((bar) => bar < window.to);
    // Some candle patterns never came about in these twenty years; the plot then says so.
    expect(drawn || happened || /^never/.test(count ?? '')).toBe(true);
  });
});

describe('the plot of a block', () => {
  test('draws what is on the scale of the prices over them, and the rest below', () => {
    expect(names(plotOf('bbands').overlays)).toEqual(['upper', 'middle', 'lower']);
    expect(plotOf('rsi')).toMatchObject({ overlays: [], panes: [[{ name: 'rsi', style: 'line' }]] });
    expect(plotOf('supertrend')).toMatchObject({
      overlays: [{ name: 'line' }],
      panes: [[{ name: 'direction', style: 'steps' }]],
    });
    expect(plotOf('volume').overlays).toEqual([]);
  });

  test('gives series of one scale one pane, and others panes of their own', () => {
    expect(plotOf('macd').panes.map(names)).toEqual([['macd', 'signal', 'hist']]);
    expect(plotOf('macd').panes[0]?.[2]?.style).toBe('columns');
    expect(plotOf('position').panes.map(names)).toContainEqual(['pnl']);
  });

  test('marks events where they happen, with what crosses', () => {
    const { marks, overlays, window } = plotOf('crossover');
    const crossings = Array.from({ length: bars.length }, (_, bar) => bar).filter(
      (bar) =>
        bar >= 20 && (bars.close[bar - 1] ?? 0) <= meanOf(bar - 1, 20) && (bars.close[bar] ?? 0) > meanOf(bar, 20),
    );
    const seen = crossings.filter((bar) => bar >= window.from && bar < window.to);
    expect(seen.length).toBeGreaterThan(2);
    expect(marks.filter(({ bar }) => bar >= window.from && bar < window.to)).toEqual(
      seen.map((bar) => ({ bar, kind: 'here' })),
    );
    expect(names(overlays)).toEqual(['sma(close, 20)']);
  });

  test('shades the time in which a condition holds, and counts it', () => {
    const { spans, count } = plotOf('gt');
    const isIn = (bar: number) => spans.some(({ from, to }) => bar >= from && bar < to);
    let total = 0;
    for (let bar = 19; bar < bars.length; bar += 1) {
      const isAbove = (bars.close[bar] ?? 0) > meanOf(bar, 20);
      expect(isIn(bar), `bar ${bar}`).toBe(isAbove);
      if (isAbove) total += 1;
    }
    expect(count).toBe(`true on ${total.toLocaleString('en-US')} of 5,105 bars`);
  });

  test('goes to where something happened when that was long ago', () => {
    // The average of 200 bars is missing at the beginning only.
    const { window, spans } = plotOf('na');
    expect(spans).toEqual([{ from: 0, to: 199 }]);
    expect(window.from).toBeLessThan(199);
    expect(window.to).toBeGreaterThan(199);
  });

  test('shows where actions trade and what is held then', () => {
    const { marks, panes } = plotOf('short');
    const entries = marks.filter(({ kind }) => kind === 'down');
    expect(entries.length).toBeGreaterThan(10);
    expect(marks.filter(({ kind }) => kind === 'out')).toHaveLength(entries.length);
    const held = panes.flat().find(({ name }) => name === 'units held')?.values;
    for (const { bar } of entries.slice(0, -1)) expect(held?.[bar]).toBeLessThanOrEqual(0);
    expect(plotOf('info').marks.every(({ kind }) => kind === 'here')).toBe(true);
  });

  test('shows a setting by what is made with it', () => {
    expect(names(plotOf('input').overlays)).toEqual(['line']);
  });
});
