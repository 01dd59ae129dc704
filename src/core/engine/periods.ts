/** The return of a calendar month or year, in UTC. */
export interface PeriodReturn {
  /** First moment of the period. */
  readonly start: number;
  readonly return: number;
}

/** Returns of each month or year in which there are bars; the first starts from `cash`. */
export function periodReturns(time: ArrayLike<number>, equity: ArrayLike<number>, cash: number, period: 'month' | 'year'): PeriodReturn[] {
  const returns: PeriodReturn[] = [];
  let base = cash;
  for (let bar = 0; bar < time.length; bar += 1) {
    const start = periodStart(time[bar] ?? 0, period);
    const isLast = bar + 1 === time.length || periodStart(time[bar + 1] ?? 0, period) !== start;
    if (!isLast) continue;
    const value = equity[bar] ?? base;
    returns.push({ start, return: value / base - 1 });
    base = value;
  }
  return returns;
}

function periodStart(time: number, period: 'month' | 'year'): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), period === 'month' ? date.getUTCMonth() : 0, 1);
}
