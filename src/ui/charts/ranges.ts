export type RangeName = '1M' | '3M' | '6M' | 'YTD' | '1Y' | '5Y' | 'All';

interface TimeSpan {
  /** UTC milliseconds. */
  readonly from: number;
  readonly to: number;
}

const MONTHS: Readonly<Partial<Record<RangeName, number>>> = { '1M': 1, '3M': 3, '6M': 6, '1Y': 12, '5Y': 60 };
const NAMES: readonly RangeName[] = ['1M', '3M', '6M', 'YTD', '1Y', '5Y', 'All'];

/** The last so many months of calendar: of the 31st, in a shorter month, its last day. */
function monthsBefore(time: number, months: number): number {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, days));
  return date.getTime();
}

/** What a range is of data that end there; `first` is where the data begin. */
export function rangeOf(name: RangeName, { from: first, to }: TimeSpan): TimeSpan {
  const months = MONTHS[name];
  if (months !== undefined) return { from: Math.max(first, monthsBefore(to, months)), to };
  if (name === 'YTD') return { from: Math.max(first, Date.UTC(new Date(to).getUTCFullYear(), 0, 1)), to };
  return { from: first, to };
}

/** The ranges that show less than all of the data, and all of it; none where there is nothing to choose. */
export function rangesWithin(span: TimeSpan): readonly RangeName[] {
  const shorter = NAMES.filter((name) => {
    const { from, to } = rangeOf(name, span);
    return name !== 'All' && from > span.from && from < to;
  });
  return shorter.length === 0 ? [] : [...shorter, 'All'];
}
