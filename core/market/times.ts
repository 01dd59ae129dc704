/** Times of both, in order, each once; so are the given ones. O(both). */
export function unionOf(a: Float64Array, b: Float64Array): Float64Array {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const all = new Float64Array(a.length + b.length);
  let [length, i, k] = [0, 0, 0];
  while (i < a.length || k < b.length) {
    const [left, right] = [a[i] ?? Number.POSITIVE_INFINITY, b[k] ?? Number.POSITIVE_INFINITY];
    if (left <= right) i += 1;
    if (right <= left) k += 1;
    all[length] = Math.min(left, right);
    length += 1;
  }
  return all.subarray(0, length);
}

/** Times of the first that are none of the second; both are in order. O(both). */
export function without(a: Float64Array, b: Float64Array): Float64Array {
  if (a.length === 0 || b.length === 0) return a;
  let k = 0;
  return a.filter((time) => {
    while ((b[k] ?? Number.POSITIVE_INFINITY) < time) k += 1;
    return b[k] !== time;
  });
}
