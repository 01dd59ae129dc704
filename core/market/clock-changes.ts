const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Parts of a year, in days of the month counted from January, in which clocks change somewhere: from Brazil's February
 * to Egypt's April, and from Chile's September to November.
 */
const SEASONS = [
  { from: [1, 14], to: [3, 30] },
  { from: [8, 1], to: [10, 12] },
] as const;

/** By how much clocks move. */
export const CLOCK_CHANGE = HOUR;

/** Whether the clocks of some zone may have changed between two times, UTC milliseconds. */
export function mayHaveChanged(from: number, to: number): boolean {
  const [first, last] = [Math.min(from, to) - DAY, Math.max(from, to) + DAY];
  const years = [new Date(first).getUTCFullYear(), new Date(last).getUTCFullYear()] as const;
  if (years[1] - years[0] > 1) return true;
  return years.some((year) =>
    SEASONS.some(
      ({ from: begin, to: end }) =>
        Date.UTC(year, begin[0], begin[1]) <= last && first <= Date.UTC(year, end[0], end[1]),
    ),
  );
}
