import { afterEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { BAR_COLUMNS } from '#core/market/bars.ts';
import type { ListedBars } from './listed-bars.ts';
import { PreviewStore } from './preview-store.ts';
import type { ToWorker } from './protocol.ts';

/** A worker that receives messages as a browser's worker does, and counts the bytes that were copied on the way. */
class CountingWorker {
  static readonly received: ToWorker[] = [];
  static copied = 0;

  postMessage(message: ToWorker, options: { readonly transfer?: Transferable[] } = {}): void {
    const before = bytesIn(message);
    CountingWorker.received.push(structuredClone(message, options));
    // What was handed over is empty on this side.
    CountingWorker.copied += bytesIn(message);
    expect(bytesIn(CountingWorker.received.at(-1))).toBe(before);
  }
  addEventListener(): void {}
  terminate(): void {}
}

const bytesIn = (message: ToWorker | undefined): number =>
  message?.type === 'bars'
    ? [message.own, ...message.feeds.values()].reduce(
        (sum, bars) => sum + BAR_COLUMNS.reduce((bytes, name) => bytes + bars[name].byteLength, 0),
        0,
      )
    : 0;

const listed = (symbol: string, length: number): ListedBars => {
  const list = Array.from({ length }, (_, bar) => bar);
  return {
    symbol,
    timeframe: '1d',
    length,
    barsPerYear: null,
    time: list,
    open: list,
    high: list,
    low: list,
    close: list,
    volume: list,
  };
};

afterEach(() => {
  vi.unstubAllGlobals();
  CountingWorker.received.length = 0;
  CountingWorker.copied = 0;
});

test('bars are handed to the worker, again and again, and no byte of them is copied', () => {
  vi.stubGlobal('Worker', CountingWorker);
  const store = new PreviewStore();
  const [own, feeds] = [listed('OWN', 20_000), new Map([['SPY', listed('SPY', 5000)]])];
  store.load(own, feeds);
  store.load(own, feeds);
  store.run({ format: 'alphaloom/formula@1', nodes: {} }, DEFAULT_SETTINGS);
  expect(CountingWorker.copied).toBe(0);
  expect(CountingWorker.received.slice(0, 2).map(bytesIn)).toEqual([1_200_000, 1_200_000]);
  expect(own.close[19_999]).toBe(19_999);
  store.close();
});
