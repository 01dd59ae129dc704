const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Whether weeks and months are named by their first day or by their last one. */
export type NamedBy =
  | { readonly kind: 'opens'; readonly note?: string }
  | { readonly kind: 'closes' }
  | { readonly kind: 'unknown'; readonly bar: number; readonly message: string };

/** No zone is more than 14 hours ahead of UTC: before this time of the day nowhere a next day has begun. */
const EARLIEST_ZONE = 10 * HOUR;
/**
 * Holidays and a weekend last no longer (China's golden week with its weekends): so far from the end of a month stands
 * its first or last day of trade.
 */
const LONGEST_REST = 11;
/** Holidays move the names of weeks one way; the other way moves them a session on a Saturday, which is rarer. */
const RARER = 3;

/**
 * Months by the days that name them. A time in the last eleven days of a month opens no month, but where in some zone
 * the next one has begun; so times that all lie there are closes. The first bar may be cut short by the beginning of
 * the file, the last one may be under way.
 */
export function monthsAreNamedBy(time: Float64Array): NamedBy {
  const isEvening = (at: number): boolean => daysLeft(at) === 0 && ((at % DAY) + DAY) % DAY >= EARLIEST_ZONE;
  const isOpen = (at: number): boolean => isEvening(at) || new Date(at).getUTCDate() <= LONGEST_REST;
  if (time.every((at, bar) => bar === 0 || isOpen(at))) {
    // Also a close on the last day of each month.
    return time.every(isEvening)
      ? {
          kind: 'opens',
          note: 'Its months are named by the evening of a last day: they are read as opening then, as midnight of a time zone.',
        }
      : { kind: 'opens' };
  }
  if (time.every((at, bar) => bar === time.length - 1 || daysLeft(at) < LONGEST_REST) && !areAlike(time))
    return { kind: 'closes' };
  const bar = time.findIndex((at, index) => index > 0 && !isOpen(at));
  return {
    kind: 'unknown',
    bar,
    message: `Its months are named by days such as ${dateOf(time[bar] ?? 0)}, which may be the first of them or the last.`,
  };
}

/** Days of the month behind that of a time, in UTC. */
function daysLeft(at: number): number {
  const date = new Date(at);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate();
}

/** Months from the same day to the same day: the last ones of months have different numbers. */
const areAlike = (time: Float64Array): boolean => {
  const first = new Date(time[0] ?? 0).getUTCDate();
  return first <= 28 && time.every((at) => new Date(at).getUTCDate() === first && daysLeft(at) > 0);
};

/**
 * Weeks by the days that name them. A holiday makes a week open later and end earlier: a name that comes early is that
 * of an end. Without holidays weeks that are named by Monday (in the east by Sunday evening) open then; of any other
 * day that is not known.
 */
export function weeksAreNamedBy(time: Float64Array): NamedBy {
  const days = time.map((at) => Math.floor(at / DAY + 4) % 7);
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (const day of days) counts[day] = (counts[day] ?? 0) + 1;
  const usual = counts.indexOf(Math.max(...counts));
  let [early, late] = [0, 0];
  for (const day of days.subarray(1, -1)) {
    const moved = (day - usual + 7) % 7;
    if (moved > 0 && moved <= 3) late += 1;
    if (moved > 3) early += 1;
  }
  const bar = days.indexOf(usual);
  const isEvening = (((time[bar] ?? 0) % DAY) + DAY) % DAY >= EARLIEST_ZONE;
  const isOpen = usual === 1 || (usual === 0 && isEvening);
  if (isOpen && early <= late) return { kind: 'opens' };
  if (!isOpen && early > RARER * late) return { kind: 'closes' };
  if (!isOpen && late > 0 && early === 0 && usual < 5) return { kind: 'opens' };
  return {
    kind: 'unknown',
    bar,
    message: `Its weeks are named by ${NAMES[usual] ?? ''}s, which may be the first day of them or the last.`,
  };
}

/** From Sunday on. */
const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
