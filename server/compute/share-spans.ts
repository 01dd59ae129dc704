import type { Span } from '#core/engine/figures/benchmark.ts';

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
