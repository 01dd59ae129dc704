import type { Span } from '#core/engine/figures/benchmark.ts';
import { BAR_COLUMNS, type Bars } from '#core/market/bars.ts';

/** The same bars in shared memory: threads get it without a copy. */
export function shareBars(bars: Bars): Bars {
  const columns = Object.fromEntries(
    BAR_COLUMNS.map((name) => {
      const column = new Float64Array(new SharedArrayBuffer(bars.length * 8));
      column.set(bars[name]);
      return [name, column];
    }),
  );
  return { ...bars, ...columns };
}

/** Spans in shared memory, two numbers each: a piece of a sweep names all of them, and copies none. */
export function shareSpans(spans: readonly Span[]): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(8 * spans.length));
  for (const [index, { from, to }] of spans.entries()) {
    shared[2 * index] = from;
    shared[2 * index + 1] = to;
  }
  return shared;
}

export const spanCount = (shared: Int32Array): number => shared.length / 2;

export const spansOf = (shared: Int32Array): Span[] =>
  Array.from({ length: spanCount(shared) }, (_, index) => ({
    from: shared[2 * index] ?? 0,
    to: shared[2 * index + 1] ?? 0,
  }));
