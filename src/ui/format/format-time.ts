export type TimeDetail = 'day' | 'minute' | 'second';

const pad = (value: number): string => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment in UTC, the zone always named: `12 Mar 2020` for days, `12 Mar 2020, 14:30 UTC` for finer ones. */
export function formatTime(time: number, detail: TimeDetail): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '–';
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
  if (detail === 'day') return day;
  const minute = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
  return `${day}, ${minute}${detail === 'second' ? `:${pad(date.getUTCSeconds())}` : ''} UTC`;
}

const STEPS = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "3 minutes ago", as seen from `now`. */
export function formatAge(time: number, now: number): string {
  const difference = time - now;
  for (const [unit, length] of STEPS) {
    if (Math.abs(difference) >= length) return relative.format(Math.round(difference / length), unit);
  }
  return 'just now';
}
