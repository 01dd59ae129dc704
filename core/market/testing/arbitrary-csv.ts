import fc from 'fast-check';
import type { Bar } from '../bars.ts';

/** How a program writes a file of bars. */
interface Style {
  readonly separator: ',' | ';' | '\t' | '|';
  readonly comma: boolean;
  readonly quoted: 'all' | 'some' | 'none';
  readonly newline: '\n' | '\r\n';
  readonly time: 'iso' | 'digits' | 'seconds' | 'milliseconds' | 'two columns' | 'month first' | 'spreadsheet';
  readonly newestFirst: boolean;
  readonly blanks: boolean;
  readonly mark: boolean;
  readonly ends: boolean;
}

const two = (value: number): string => String(value).padStart(2, '0');

function timeFields(time: number, { time: style }: Style): readonly string[] {
  const iso = new Date(time).toISOString();
  switch (style) {
    case 'iso':
      return [iso.slice(0, 19)];
    case 'digits':
      return [iso.slice(0, 19).replaceAll(/\D/g, '')];
    case 'seconds':
      return [String(time / 1000)];
    case 'milliseconds':
      return [String(time)];
    case 'two columns':
      return [iso.slice(0, 10), iso.slice(11, 19)];
    case 'month first': {
      const date = new Date(time);
      return [`${date.getUTCMonth() + 1}/${two(date.getUTCDate())}/${date.getUTCFullYear()} ${iso.slice(11, 19)}`];
    }
    case 'spreadsheet':
      return [String(time / 86_400_000 + 25_569)];
  }
}

/** The text of a file with these bars, as a program of some kind writes it. */
export function csvOf(bars: readonly Bar[], style: Style): string {
  // A comma between fields must not stand within them, unless they are quoted.
  const hasComma = style.comma && (style.separator !== ',' || style.quoted === 'all');
  const number = (value: number): string =>
    Number.isNaN(value) ? '' : hasComma ? String(value).replace('.', ',') : String(value);
  const quote = (text: string, index: number): string =>
    style.quoted === 'all' || (style.quoted === 'some' && index % 3 === 0) ? `"${text}"` : text;
  const row = (fields: readonly string[]): string =>
    `${fields.map(quote).join(style.separator)}${style.ends ? style.separator : ''}`;
  const header = row([
    ...(style.time === 'two columns' ? ['Date', 'Time'] : ['Time']),
    'Open',
    'High',
    'Low',
    'Close',
    'Volume',
  ]);
  const rows = bars.map((bar) =>
    row([...timeFields(bar.time, style), ...[bar.open, bar.high, bar.low, bar.close, bar.volume].map(number)]),
  );
  if (style.newestFirst) rows.reverse();
  const lines = [header, ...rows].flatMap((line, index) =>
    style.blanks && index % 4 === 1 ? [line, '', '# a comment'] : [line],
  );
  return `${style.mark ? '\uFEFF' : ''}${lines.join(style.newline)}${style.newline}`;
}

export const arbitraryStyle: fc.Arbitrary<Style> = fc.record({
  separator: fc.constantFrom(',', ';', '\t', '|'),
  comma: fc.boolean(),
  quoted: fc.constantFrom('all', 'some', 'none'),
  newline: fc.constantFrom('\n', '\r\n'),
  time: fc.constantFrom('iso', 'digits', 'seconds', 'milliseconds', 'two columns', 'month first', 'spreadsheet'),
  newestFirst: fc.boolean(),
  blanks: fc.boolean(),
  mark: fc.boolean(),
  ends: fc.boolean(),
});

/** Prices with a digit behind the sign at the least, from 0.07 to millions, so that no comma is one of thousands. */
const price = fc.integer({ min: 1, max: 100_000_000 }).map((cents) => (cents * 10 + 7) / 100);

const barsFrom = (begin: number, rows: readonly (readonly [number, number, number])[], step: number): Bar[] => {
  let time = begin;
  return rows.map(([first, second, volume], index) => {
    // Each day of a month comes up, so that it is known which number is the day.
    time += (index === 0 ? 0 : 1) * step;
    const [low, high] = [Math.min(first, second), Math.max(first, second)];
    return { time, open: first, high, low, close: second, volume: volume < 0 ? Number.NaN : volume };
  });
};

export const arbitraryCsv: fc.Arbitrary<{ readonly text: string; readonly bars: readonly Bar[] }> = fc
  .tuple(
    fc.array(fc.tuple(price, price, fc.integer({ min: -1, max: 1_000_000 })), { minLength: 20, maxLength: 60 }),
    fc.integer({ min: 0, max: 9000 }),
    fc.constantFrom(86_400, 43_200, 90_000),
    arbitraryStyle,
  )
  .map(([rows, day, seconds, style]) => {
    const bars = barsFrom(Date.UTC(1990, 0, 1) + day * 86_400_000, rows, seconds * 1000);
    return { bars, text: csvOf(bars, style) };
  });
