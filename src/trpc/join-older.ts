/**
 * Of `rows`, those that stand behind the first page, each once, in order. What is not in the page and would stand in it
 * is gone.
 */
export function joinOlder<Row extends { readonly id: string }>(
  first: readonly Row[],
  rows: readonly Row[],
  compare: (a: Row, b: Row) => number,
): readonly Row[] {
  const last = first.at(-1);
  const behind = new Map(
    rows.filter((row) => last !== undefined && compare(row, last) > 0).map((row) => [row.id, row] as const),
  );
  return [...behind.values()].toSorted(compare);
}

/** The order of lists that are in pages by a time: the newest first, by id where times are equal. */
export const newestFirst =
  <Row extends { readonly id: string }>(at: (row: Row) => number) =>
  (a: Row, b: Row): number =>
    at(b) - at(a) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
