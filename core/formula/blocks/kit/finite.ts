/** Evaluation is total: what is no finite number is `na`. */
export const finite = (value: number): number => (value - value === 0 ? value : Number.NaN);

/** `finite` of the values of a column from `from` to `to`. */
export function finiteBars(column: Float64Array, from: number, to: number): void {
  for (let bar = from; bar < to; bar += 1) {
    const value = column[bar] ?? Number.NaN;
    if (value - value !== 0) column[bar] = Number.NaN;
  }
}

/** `finite` of a whole column. */
export const finiteColumn = (column: Float64Array, length: number): void => finiteBars(column, 0, length);

/** Whether an infinite number is among the values of a column from `from` to `to`; `na` is none. */
export function hasInfinite(column: Float64Array, from: number, to: number): boolean {
  for (let bar = from; bar < to; bar += 1) if (Math.abs(column[bar] ?? 0) === Number.POSITIVE_INFINITY) return true;
  return false;
}
