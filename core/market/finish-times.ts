import { BAR_COLUMNS, type Bars } from './bars.ts';
import type { CsvProblems } from './csv-problems.ts';
import { numbersIn, unpackDate, type TimeFormat } from './read-time.ts';

type File = Omit<Bars, 'symbol' | 'timeframe' | 'closes'> & { readonly lines: Uint32Array };

/**
 * What only the whole of a file says of its times: whether the day or the month comes first, and whether the newest bar
 * does. In place; notes in words.
 */
export function finishTimes(file: File, format: TimeFormat, problems: CsvProblems): string[] {
  const notes = format.kind === 'two-numbers' ? orderNumbers(file, problems) : [];
  if (problems.count > 0 && format.kind === 'two-numbers') return notes;
  const { time, length, lines } = file;
  let falling = 0;
  for (let bar = 1; bar < length; bar += 1) if ((time[bar] ?? 0) < (time[bar - 1] ?? 0)) falling += 1;
  const isNewestFirst = length > 1 && falling > (length - 1) / 2;
  if (isNewestFirst) {
    for (const name of BAR_COLUMNS) file[name].reverse();
    lines.reverse();
    notes.push('The newest bar stands first in the file: it is read from its end.');
  }
  let last = Number.NEGATIVE_INFINITY;
  for (let bar = 0; bar < length; bar += 1) {
    const now = time[bar] ?? 0;
    if (now > last) last = now;
    else problems.add(lines[bar] ?? 0, orderText(now === last, isNewestFirst));
  }
  return notes;
}

const orderText = (isSame: boolean, isNewestFirst: boolean): string =>
  isSame
    ? `The time is that of the line ${isNewestFirst ? 'below' : 'before'}.`
    : isNewestFirst
      ? 'The time is before that of the line below, in a file whose newest bar stands first.'
      : 'The time is before that of the line before.';

function orderNumbers({ time, length, lines }: File, problems: CsvProblems): string[] {
  let [first, second] = [0, 0];
  for (const packed of time) {
    const [a, b] = numbersIn(packed);
    first = Math.max(first, a);
    second = Math.max(second, b);
  }
  if (length === 0) return [];
  if (first <= 12 && second <= 12) {
    problems.add(
      lines[0] ?? 0,
      'Whether the day or the month comes first in its dates, the file does not say, since no number is above 12: write 2024-01-31.',
    );
    return [];
  }
  const dayFirst = first > 12;
  for (let bar = 0; bar < length; bar += 1) {
    const read = unpackDate(time[bar] ?? 0, dayFirst);
    if (Number.isNaN(read))
      problems.add(
        lines[bar] ?? 0,
        `There is no such date, with the ${dayFirst ? 'day' : 'month'} before the ${dayFirst ? 'month' : 'day'} as in other lines of the file.`,
      );
    time[bar] = read;
  }
  return [`Dates are read with the ${dayFirst ? 'day' : 'month'} first.`];
}
