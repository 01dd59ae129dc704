import type { Bar } from './bars.ts';
import { barProblem } from './check-bars.ts';

export interface CsvProblem {
  /** Counted from 1, the header being line 1. */
  readonly line: number;
  readonly message: string;
}

export interface CsvTarget {
  readonly bar: (bar: Bar, line: number) => void;
  readonly problem: (problem: CsvProblem) => void;
}

export interface CsvReader {
  /** Takes the next piece of the text, cut anywhere. */
  write(text: string): void;
  end(): void;
}

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;
const TIME_NAMES = ['time', 'date', 'datetime', 'timestamp', ''];
/** A line longer than this is no line of bars; its end is not waited for. */
const LONGEST_LINE = 10_000;

type Header = Readonly<Record<'time' | (typeof COLUMNS)[number], number>>;

/**
 * Reads bars from CSV text that comes in pieces. The header names a time column (`time`, `date`, `datetime`, `timestamp` or an unnamed
 * first one) and open, high, low, close and volume, in any case and order; volume may be missing, then it is 0. Times are ISO dates (UTC
 * unless they say otherwise) or seconds or milliseconds since 1970. Every bad line is told with its number, also bars that are impossible
 * in themselves or not later than the one before.
 */
export function readCsv(target: CsvTarget): CsvReader {
  let rest = '';
  let line = 0;
  let header: Header | null = null;
  let failed = false;
  let last = Number.NEGATIVE_INFINITY;

  const take = (text: string): void => {
    line += 1;
    if (failed || text.trim() === '') return;
    const fields = splitLine(text);
    if (!header) {
      const read = readHeader(fields);
      if (typeof read === 'string') {
        failed = true;
        target.problem({ line, message: read });
      } else header = read;
      return;
    }
    const bar = readBar(fields, header);
    if (typeof bar === 'string') return target.problem({ line, message: bar });
    const problem = barProblem(bar) ?? (bar.time > last ? null : bar.time === last ? 'The time is that of the line before.' : 'The time is before that of the line before.');
    if (problem !== null) return target.problem({ line, message: problem });
    last = bar.time;
    target.bar(bar, line);
  };

  return {
    write: (text) => {
      rest += line === 0 && rest === '' ? text.replace(/^\uFEFF/, '') : text;
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      lines.forEach(take);
      if (rest.length > LONGEST_LINE) {
        target.problem({ line: line + 1, message: 'This line is too long to be one of bars.' });
        failed = true;
        rest = '';
      }
    },
    end: () => {
      if (rest !== '') take(rest.replace(/\r$/, ''));
      if (!header && !failed) target.problem({ line: 1, message: 'The file is empty: a header line and bars belong here.' });
    },
  };
}

function splitLine(text: string): string[] {
  const separator = text.includes(',') || !text.includes(';') ? ',' : ';';
  return text.split(separator).map((field) => field.trim().replace(/^"(.*)"$/, '$1').trim());
}

function readHeader(fields: readonly string[]): Header | string {
  const names = fields.map((field) => field.toLowerCase());
  const time = names.findIndex((name, index) => TIME_NAMES.includes(name) && (name !== '' || index === 0));
  const found = Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)]));
  const missing = [...(time < 0 ? ['a time (or date)'] : []), ...COLUMNS.filter((name) => name !== 'volume' && (found[name] ?? -1) < 0)];
  if (missing.length > 0) return `The header has no column for ${missing.join(', ')}. It reads: ${fields.join(', ').slice(0, 200)}`;
  const at = (name: string) => found[name] ?? -1;
  return { time, open: at('open'), high: at('high'), low: at('low'), close: at('close'), volume: at('volume') };
}

function readBar(fields: readonly string[], header: Header): Bar | string {
  const time = readTime(fields[header.time] ?? '');
  if (Number.isNaN(time)) return `"${(fields[header.time] ?? '').slice(0, 40)}" is no time: write 2024-01-31, 2024-01-31T15:30Z, or seconds or milliseconds since 1970.`;
  const numbers = { open: 0, high: 0, low: 0, close: 0, volume: 0 };
  for (const name of COLUMNS) {
    if (header[name] < 0) continue;
    const field = fields[header[name]] ?? '';
    const value = field === '' ? Number.NaN : Number(field);
    if (!Number.isFinite(value)) return field === '' ? `The ${name} is missing.` : `The ${name} "${field.slice(0, 40)}" is no number.`;
    numbers[name] = value;
  }
  return { time, ...numbers };
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** UTC milliseconds; NaN for what is no time. */
export function readTime(text: string): number {
  if (/^-?\d{1,16}(\.\d+)?$/.test(text)) {
    const value = Number(text);
    // Seconds reach this only in the year 5138, milliseconds passed it in 1973.
    return Math.abs(value) < 1e11 ? Math.round(value * 1000) : Math.round(value);
  }
  const match = ISO.exec(text);
  if (!match) return Number.NaN;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = match;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Math.floor(Number(`0.${fraction}`) * 1000));
  // 2024-02-31 would roll over into March.
  const isReal = new Date(time).getUTCDate() === Number(day) && Number(month) >= 1 && Number(month) <= 12 && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return isReal ? time - zoneOffset(zone) : Number.NaN;
}

function zoneOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
