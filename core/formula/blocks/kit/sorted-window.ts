import type { Cell } from './cells.ts';

/**
 * A measure of the last `period` values in ascending order. The order is kept: the oldest leaves it and the newest
 * enters it by binary search, which costs little even where the window is long.
 */
export function sortedWindowCell(period: number, measure: (sorted: Float64Array, x: number) => number): Cell {
  const sorted = new Float64Array(period);
  // Values in a ring, then: where the next goes, how many there are.
  const ring = new Float64Array(period + 2);
  const [at, count] = [period, period + 1];
  return {
    memory: [sorted, ring],
    next: (x) => {
      if (Number.isNaN(x)) {
        sorted.fill(0);
        ring.fill(0);
        return Number.NaN;
      }
      const slot = ring[at] ?? 0;
      const filled = ring[count] ?? 0;
      const size = filled === period ? remove(sorted, filled, ring[slot] ?? 0) : filled;
      insert(sorted, size, x);
      ring[slot] = x;
      ring[at] = slot + 1 === period ? 0 : slot + 1;
      ring[count] = size + 1;
      return size + 1 < period ? Number.NaN : measure(sorted, x);
    },
  };
}

/** How many of the first `size` values are not above `x`. */
export function countNotAbove(sorted: Float64Array, size: number, x: number): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(sorted: Float64Array, size: number, x: number): void {
  const place = countNotAbove(sorted, size, x);
  sorted.copyWithin(place + 1, place, size);
  sorted[place] = x;
}

/** Takes one value like `x` out. Gives how many are left. */
function remove(sorted: Float64Array, size: number, x: number): number {
  const place = countNotAbove(sorted, size, x) - 1;
  sorted.copyWithin(place, place + 1, size);
  return size - 1;
}
