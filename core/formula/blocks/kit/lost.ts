/** What rounding took from `sum`, which is `a + b`: with it the sum is exact (Knuth's two-sum). */
export function lostIn(a: number, b: number, sum: number): number {
  const ofB = sum - a;
  return a - (sum - ofB) + (b - ofB);
}
