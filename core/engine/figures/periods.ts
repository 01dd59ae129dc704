/** The return of a calendar month or year, in UTC. */
export interface PeriodReturn {
  /** First moment of the period. */
  readonly start: number;
  readonly return: number;
}

/** Returns of each month or year in which there are bars; the first starts from `cash`. */
export function periodReturns(
  time: ArrayLike<number>,
  equity: ArrayLike<number>,
  cash: number,
  period: 'month' | 'year',
): PeriodReturn[] {
  const returns: PeriodReturn[] = [];
  let base = cash;
  let [start, end] = periodOf(time[0] ?? 0, period);
  for (let bar = 0; bar < time.length; bar += 1) {
    const next = bar + 1 < time.length ? (time[bar + 1] ?? 0) : Infinity;
    if (next < end) continue;
    const value = equity[bar] ?? base;
    returns.push({ start, return: value / base - 1 });
    base = value;
    [start, end] = periodOf(next, period);
  }
  return returns;
}

/** The month or year that a time lies in: its first moment, and that of the next one. */
function periodOf(time: number, period: 'month' | 'year'): [start: number, end: number] {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  if (period === 'year') return [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  return [Date.UTC(year, date.getUTCMonth(), 1), Date.UTC(year, date.getUTCMonth() + 1, 1)];
}
