import { err, ok, type Result } from '#core/result/result.ts';
import { BarColumns } from './bar-columns.ts';
import type { Bars, Timeframe } from './bars.ts';
import { barProblem } from './check-bars.ts';
import { isBlank, readDialect, splitQuoted, type Dialect } from './csv-dialect.ts';
import { PRICES } from './csv-header.ts';
import { CsvProblems, type CsvRefusal } from './csv-problems.ts';
import { finishTimes } from './finish-times.ts';
import { isMissing, readNumber, type DecimalSign, type NumberStyle } from './read-number.ts';
import { TIME_WORDS } from './read-time.ts';
import { resolveOpens, type KnownSeries, type TimesAre } from './resolve-opens.ts';

/** Bars of a file, in the order of their times; their length is not known yet. */
export interface BarFile extends Omit<Bars, 'symbol' | 'timeframe' | 'closes' | 'barsPerYear'> {
  /** The line of each bar, counted from 1. */
  readonly lines: Uint32Array;
  /** What people should know of how the file was read, in words. */
  readonly notes: readonly string[];
  /** False when no bar has a volume. */
  readonly hasVolume: boolean;
  /** Where volumes are missing and why, in words; null when none is. */
  readonly noVolume: string | null;
  /** What its times were read as, before they were made those of opens. */
  readonly timesAre: TimesAre;
}

/** What somebody knows of a file that the file does not say by itself. */
export interface ReadOptions {
  /** Whether its times are those at which bars open or close. */
  readonly times?: TimesAre | undefined;
  /** How long a bar lasts. */
  readonly timeframe?: Timeframe | undefined;
  /** Which sign stands before fractions. */
  readonly decimals?: DecimalSign | undefined;
  /** The series that the bars are added to. */
  readonly series?: KnownSeries | undefined;
}

export interface CsvReader {
  /** Bars so far. */
  readonly length: number;
  /** Takes the next piece of the text, cut anywhere. */
  write(text: string): void;
  end(): Result<BarFile, CsvRefusal>;
}

/** The dialect is decided by so much of a file, whatever pieces it comes in. */
const HEAD = 65_536;
/** A line longer than this is no line of bars; its end is not waited for. */
const LONGEST_LINE = 10_000;
const LONG_LINE = 'This line is too long to be one of bars.';
const ZERO_VOLUME =
  'The volume is 0 at every bar, as programs write one that they do not know: leave the column out, or name another one "volume".';
/** What decoders write for bytes that are no UTF-8. */
const UNREADABLE = '\uFFFD';
const NO_UTF8 = 'The file is no text in UTF-8: save it as CSV in UTF-8.';
const OPEN_QUOTE = 'A quote opens in this line and is not closed.';

/**
 * Reads bars from the text of a file that comes in pieces: its separator (`,` `;` tab `|`), its decimal sign, the
 * format of its times and its columns are those of the file, not of a line. A header names a time column (or a date and
 * a time) and open, high, low, close and volume, in any case and order; files of the usual columns need none. A missing
 * volume is NaN. Times without a zone are UTC. Every bad line is counted, equal reasons are told once; one keeps the
 * file from being read. Times that can only be those of closes are made those of opens; what the file leaves open
 * `said` may say.
 */
export function readCsv(said: ReadOptions = {}): CsvReader {
  const problems = new CsvProblems();
  const columns = new BarColumns();
  let rest = '';
  let line = 0;
  let newline = '\n';
  let dialect: Dialect | null = null;
  let failed = false;
  let asks: CsvRefusal['asks'];

  const fail = (at: number, message: string): void => {
    problems.add(at, message);
    failed = true;
    rest = '';
  };
  const begin = (isAll: boolean): void => {
    if (rest.slice(0, HEAD).includes('\0')) return fail(1, NO_UTF8);
    if (!rest.includes('\n') && rest.includes('\r')) newline = '\r';
    rest = rest.replace(/^\uFEFF/, '');
    const head = rest.slice(0, HEAD).split(newline);
    // The last line may go on.
    if (!isAll || rest.length > HEAD) head.pop();
    if (head.length === 0 || (head[0] ?? '').length > LONGEST_LINE) return fail(1, LONG_LINE);
    const read = readDialect(head, said.decimals);
    if (read.ok) dialect = read.value;
    else if (rest.slice(0, HEAD).includes(UNREADABLE)) fail(1, NO_UTF8);
    else {
      asks = read.error.asks;
      fail(read.error.line, read.error.message);
    }
  };
  const takeQuoted = (text: string, { separator }: Dialect): void => {
    try {
      for (const fields of splitQuoted(text, separator, newline)) {
        line += 1;
        if (!isBlank(fields.join('')) && dialect && line >= dialect.firstLine) takeFields(fields, dialect);
        for (const field of fields) if (field.includes(newline)) line += field.split(newline).length - 1;
      }
    } catch {
      fail(line + lineOfOddQuote(text, newline), OPEN_QUOTE);
    }
  };
  const takeFields = (fields: readonly string[], known: Dialect): void => {
    const problem = takeBar(fields, known, columns, line);
    if (problem === null) return;
    problems.add(line, problem);
    if (problem.endsWith(UNPROVEN)) asks = 'decimals';
  };
  /** Takes all whole lines of the rest. */
  const drain = (known: Dialect): void => {
    const end = rest.lastIndexOf(newline) + 1;
    if (rest.includes('"')) {
      const text = rest.slice(0, end);
      if (quotesIn(text) % 2 === 1) return;
      rest = rest.slice(end);
      if (text === newline) line += 1;
      else if (text !== '') takeQuoted(text.slice(0, -1), known);
      return;
    }
    for (let from = 0; from < end;) {
      const to = rest.indexOf(newline, from);
      const text = rest.slice(from, rest.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to);
      from = to + 1;
      line += 1;
      if (line >= known.firstLine && !isBlank(text)) takeFields(text.split(known.separator), known);
    }
    rest = rest.slice(end);
  };

  return {
    get length() {
      return columns.length;
    },
    write: (text) => {
      if (failed) return;
      rest += text;
      if (!dialect && rest.length > HEAD) begin(false);
      if (!dialect) return;
      drain(dialect);
      if (rest.length > (rest.includes('"') ? 2 * HEAD : LONGEST_LINE)) {
        if (rest.includes('"')) fail(line + lineOfOddQuote(rest, newline), OPEN_QUOTE);
        else fail(line + 1, LONG_LINE);
      }
    },
    end: () => {
      if (!failed && !dialect) begin(true);
      if (!failed && dialect && rest !== '') {
        if (!rest.endsWith(newline)) rest += newline;
        if (quotesIn(rest) % 2 === 1) fail(line + lineOfOddQuote(rest, newline), OPEN_QUOTE);
        else drain(dialect);
      }
      const file = columns.finish();
      const order = dialect && !failed ? finishTimes(file, dialect.times, problems) : [];
      if (problems.count > 0) return err({ ...problems.finish(), ...(asks === undefined ? {} : { asks }) });
      const opens = resolveOpens(file.time, { ...said, times: said.times ?? dialect?.header.timesAre });
      if (!opens.ok) {
        const { bar, message, asks } = opens.error;
        problems.add(file.lines[bar] ?? 1, message);
        return err({ ...problems.finish(), ...(asks ? { asks: 'times' } : {}) });
      }
      const notes = [...(dialect?.header.notes ?? []), ...order, ...opens.value.notes];
      if (dialect && dialect.header.volume >= 0 && file.length > 1 && file.volume.every((volume) => volume === 0))
        notes.push(ZERO_VOLUME);
      const missing = file.volume.reduce((sum, volume) => sum + (Number.isNaN(volume) ? 1 : 0), 0);
      const some =
        missing > 0
          ? `The volume is missing (na) at ${missing.toLocaleString('en')} of ${file.length.toLocaleString('en')} bars.`
          : null;
      return ok({
        ...file,
        notes,
        hasVolume: missing < file.length,
        noVolume: dialect?.header.noVolume ?? some,
        timesAre: opens.value.timesAre,
      });
    },
  };
}

function quotesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

/** The first line, counted from 1, with a quote that it does not close. */
const lineOfOddQuote = (text: string, newline: string): number =>
  1 +
  Math.max(
    0,
    text.split(newline).findIndex((line) => quotesIn(line) % 2 === 1),
  );

const UNPROVEN = ' Whether its comma parts thousands or fractions, the file does not say.';

const noNumber = (name: string, field: string, numbers: NumberStyle): string =>
  `The ${name} "${field.trim().slice(0, 40)}" is no number.${numbers === 'unproven' && field.includes(',') ? UNPROVEN : ''}`;

/** Adds the bar of a line; why not in words, or null. */
function takeBar(
  fields: readonly string[],
  { header, numbers, times, separator, clock }: Dialect,
  columns: BarColumns,
  line: number,
): string | null {
  if (fields.length !== header.fields) {
    const comma =
      separator === ',' && fields.length > header.fields
        ? ' A comma within a number belongs in quotes, or another separator between the fields.'
        : '';
    return `The line has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'} where the file has ${header.fields} columns.${comma}`;
  }
  const text = (fields[header.time] ?? '').trim();
  const time = times.read(text) + (header.clock < 0 ? 0 : clock((fields[header.clock] ?? '').trim()));
  if (Number.isNaN(time)) {
    const written = `${text} ${fields[header.clock]?.trim() ?? ''}`.trim().slice(0, 40);
    return `"${written}" is no time, or not one as the others of the file: ${TIME_WORDS}.`;
  }
  const bar = { open: 0, high: 0, low: 0, close: 0, volume: Number.NaN };
  for (const name of PRICES) {
    const field = fields[header[name]] ?? '';
    const value = readNumber(field, numbers);
    if (!Number.isFinite(value))
      return isMissing(field.trim()) ? `The ${name} is missing.` : noNumber(name, field, numbers);
    bar[name] = value;
  }
  if (header.volume >= 0) {
    const field = fields[header.volume] ?? '';
    const value = readNumber(field, numbers);
    if (!Number.isFinite(value) && !isMissing(field.trim())) return noNumber('volume', field, numbers);
    bar.volume = value;
  }
  const { open, high, low, close, volume } = bar;
  if (!(low > 0 && open >= low && open <= high && close >= low && close <= high) || volume < 0) {
    const problem = barProblem({ time, ...bar });
    if (problem !== null) return problem;
  }
  columns.add(time, bar, line);
  return null;
}
