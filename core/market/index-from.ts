/** Index of the first of some times, in order, that is not before `limit`; their number when all are. */
export function indexFrom(time: ArrayLike<number>, limit: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
