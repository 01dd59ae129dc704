import { parse } from 'csv-parse/browser/esm/sync';
import { err, ok, type Result } from '#core/result/result.ts';
import { fieldsOfThree, headerOfShape, PRICES, readHeader, type Header } from './csv-header.ts';
import { isMissing, numberStyleOf, type DecimalSign, type NumberStyle } from './read-number.ts';
import { clockOfColumn, timeFormatOf, TIME_WORDS, type TimeFormat } from './read-time.ts';

/** How a file of bars is written, decided once for all of it. */
export interface Dialect {
  readonly separator: string;
  readonly header: Header;
  /** The first line of bars, counted from 1. */
  readonly firstLine: number;
  readonly numbers: NumberStyle;
  readonly times: TimeFormat;
  /** Reads the column of the time of the day, as milliseconds. */
  readonly clock: (text: string) => number;
}

/** Why the first lines of a file can't be read. */
interface DialectProblem {
  readonly line: number;
  readonly message: string;
  readonly asks?: 'decimals';
}

const SEPARATORS = [',', ';', '\t', '|'];
/** A title, an address or `sep=;` may stand above the header. */
const MOST_TITLES = 10;

/** The fields of some lines, quoted as in RFC 4180. Throws a CsvError where a quote is not closed. */
export const splitQuoted = (text: string, separator: string, newline: string): string[][] =>
  parse(text, {
    delimiter: separator,
    record_delimiter: ['\r\n', newline],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    trim: true,
  });

/** Of lines at the beginning of a file. */
export function readDialect(lines: readonly string[], decimals?: DecimalSign): Result<Dialect, DialectProblem> {
  const filled = lines.flatMap((text, index) => (isBlank(text) ? [] : [{ text, line: index + 1 }]));
  const [top] = filled;
  if (!top) return err({ line: 1, message: 'The file is empty: a header line and bars belong here.' });
  for (const separator of SEPARATORS) {
    const rows = filled.map(({ text }) => splitOne(text, separator));
    for (let index = 0; index < Math.min(MOST_TITLES, rows.length); index += 1) {
      const three = fieldsOfThree(rows[index] ?? [], rows[index + 1] ?? [], rows[index + 2] ?? []);
      if (three && !three.ok) return err({ line: filled[index + 1]?.line ?? 1, message: three.error });
      const below = index + (three ? 3 : 1);
      const header = readHeader(three?.value ?? rows[index] ?? [], rows[below] ?? []);
      if (header.ok)
        return dialectOf(
          { separator, header: header.value, firstLine: (filled[below - 1]?.line ?? 0) + 1 },
          rows.slice(below),
          filled[below]?.line,
          decimals,
        );
    }
  }
  for (const separator of SEPARATORS) {
    const rows = filled.map(({ text }) => splitOne(text, separator));
    const header = headerOfShape(rows[0] ?? [], isTime);
    if (header) return dialectOf({ separator, header, firstLine: top.line }, rows, top.line, decimals);
  }
  const widest = SEPARATORS.map((separator) => splitOne(top.text, separator)).reduce((most, fields) =>
    fields.length > most.length ? fields : most,
  );
  const problem = readHeader(widest, []);
  return err({ line: top.line, message: problem.ok ? 'The file has no bars.' : problem.error });
}

export const isBlank = (line: string): boolean => line.charCodeAt(0) === 35 || line.trim() === '';

function splitOne(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator).map((field) => field.trim());
  try {
    return splitQuoted(text, separator, '\n')[0] ?? [];
  } catch {
    // The line goes on below: its fields are not needed to know the dialect.
    return [];
  }
}

/** A date with something else behind it, as where another separator parts the fields, is no time. */
const isTime = (text: string): boolean => !Number.isNaN(timeFormatOf([text])?.read(text) ?? Number.NaN);

function dialectOf(
  { separator, header, firstLine }: Pick<Dialect, 'separator' | 'header' | 'firstLine'>,
  rows: readonly (readonly string[])[],
  line: number = firstLine,
  decimals?: DecimalSign,
): Result<Dialect, DialectProblem> {
  // A separator at the end of every line, but not of the header, is no field.
  const isLonger = rows.length > 0 && rows.every((row) => row.length === header.fields + 1 && row.at(-1) === '');
  const whole = rows.filter((row) => row.length === header.fields || isLonger);
  const columns = [...PRICES.map((name) => header[name]), ...(header.volume < 0 ? [] : [header.volume])];
  const numbers =
    decimals ??
    numberStyleOf(
      whole.flatMap((row) => columns.map((column) => row[column] ?? '').filter((text) => !isMissing(text))),
    );
  if (numbers === 'ambiguous')
    return err({
      line,
      message:
        'Whether the commas in its numbers part thousands or fractions, the file does not say: write 1234 or 1.234.',
      asks: 'decimals',
    });
  const texts = whole.map((row) => row[header.time] ?? '');
  const times = timeFormatOf(texts);
  if (!times && texts.length > 0)
    return err({
      line,
      message: `"${(texts[0] ?? '').slice(0, 40)}" is no time: ${TIME_WORDS}.`,
    });
  return ok({
    separator,
    header: isLonger ? { ...header, fields: header.fields + 1 } : header,
    firstLine,
    numbers,
    clock: clockOfColumn(whole.map((row) => [row[header.time] ?? '', row[header.clock] ?? ''])),
    times: times ?? { kind: 'known', name: 'dates', read: () => Number.NaN },
  });
}
