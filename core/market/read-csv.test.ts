import { parse } from 'csv-parse/browser/esm/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bar } from './bars.ts';
import { problemText } from './csv-problems.ts';
import { readCsv, type BarFile } from './read-csv.ts';
import { arbitraryCsv } from './testing/arbitrary-csv.ts';

function read(...pieces: readonly string[]): {
  bars: Bar[];
  problems: string[];
  notes: readonly string[];
  noVolume: string | null;
} {
  const reader = readCsv();
  pieces.forEach((piece) => reader.write(piece));
  const file = reader.end();
  if (!file.ok)
    return {
      bars: [],
      problems: file.error.problems.map((problem) => `${problem.line}: ${problemText(problem)}`),
      notes: [],
      noVolume: null,
    };
  return { bars: barsIn(file.value), problems: [], notes: file.value.notes, noVolume: file.value.noVolume };
}

const barsIn = ({ time, open, high, low, close, volume, length }: BarFile): Bar[] => {
  const at = (column: Float64Array, bar: number): number => column[bar] ?? Number.NaN;
  return Array.from({ length }, (_, bar) => ({
    time: at(time, bar),
    open: at(open, bar),
    high: at(high, bar),
    low: at(low, bar),
    close: at(close, bar),
    volume: at(volume, bar),
  }));
};

const HEADER = 'Date,Open,High,Low,Close,Volume';
const file = (...times: readonly string[]): string =>
  [HEADER, ...times.map((time) => `${time},1,3,0.5,2,10`)].join('\n');
const times = (text: string): string[] => {
  const { bars, problems } = read(text);
  return problems.length > 0 ? problems : bars.map(({ time }) => new Date(time).toISOString().replace('.000Z', ''));
};

describe('reading bars from CSV', () => {
  const bar = { time: Date.UTC(2024, 0, 2), open: 1, high: 3, low: 0.5, close: 2, volume: 10 };

  test('three lines of several symbols are refused, with what to do', () => {
    expect(
      read('Price,Close,Close,High,High\nTicker,AAPL,MSFT,AAPL,MSFT\nDate,,,,\n2024-01-02,2,3,2,3\n').problems,
    ).toEqual(['2: The file has the bars of 2 symbols side by side (AAPL, MSFT): save one file for each symbol.']);
  });

  test.each<[string, string]>([
    ['columns in any order and case', 'close,volume,"timestamp",low,high,open\r\n2,10,1704153600,0.5,3,1'],
    ['a mark of order, and an unnamed first column', '\uFEFF,open,high,low,close,volume\n1704153600000,1,3,0.5,2,10\n'],
    ['semicolons and decimal commas', 'Date;Open;High;Low;Close;Volume\n2024-01-02;1,0;3,0;0,5;2,0;10'],
    [
      'times as data vendors name them',
      'ticker,volume,open,close,high,low,window_start,transactions\nA,10,1,2,3,0.5,1704153600000000000,7',
    ],
    ['the short names of an interface', 'v,vw,o,c,h,l,t,n\n10,1,1,2,3,0.5,1704153600000,7'],
    [
      'German names, dates and decimal commas',
      'Datum;Eröffnung;Hoch;Tief;Schluss;Volumen\n02.01.2024;1,0;3,0;0,5;2,0;10',
    ],
    [
      'pieces beside a turnover that is called a volume',
      'Datum;Erster;Hoch;Tief;Schlusskurs;Stuecke;Volumen\n2024-01-02;1,0;3,0;0,5;2,0;10;1.234,5',
    ],
    [
      'the three lines that yfinance writes',
      'Price,Close,High,Low,Open,Volume\nTicker,AAPL,AAPL,AAPL,AAPL,AAPL\nDate,,,,,\n2024-01-02,2,3,0.5,1,10',
    ],
    ['tabs', 'Date\tOpen\tHigh\tLow\tClose\tVolume\n2024-01-02\t1\t3\t0.5\t2\t10'],
    ['bars between fields', 'Date|Open|High|Low|Close|Volume\n2024-01-02|1|3|0.5|2|10'],
    [
      'quotes, around names and numbers',
      '"Date","Open","High","Low","Close","Volume"\n"2024-01-02","1.00","3","0.5","2","10"\n',
    ],
    [
      'a date and a time',
      '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\n2024.01.02\t00:00:00\t1\t3\t0.5\t2\t99\t10',
    ],
    ['no header, as MetaTrader', '2024.01.02,00:00,1,3,0.5,2,10\n'],
    ['no header, as Binance', '1704153600000,1,3,0.5,2,10,1704239999999,20,5,6,7,0\n'],
    [
      'a title above the header, empty lines and comments',
      'https://example.com\n# daily\n\nDate,Open,High,Low,Close,Volume\n\n2024-01-02,1,3,0.5,2,10\n# end\n',
    ],
    ['Excel saying its separator', 'sep=;\nDate;Open;High;Low;Close;Volume\n02.01.2024;1;3;0,5;2;10\n'],
    ['a separator at the end of each line', 'Date,Open,High,Low,Close,Volume\n2024-01-02,1,3,0.5,2,10,\n'],
    ['money and suffixes', 'Date,Close/Last,Volume,Open,High,Low\n2024-01-02,$2,0.01K,$1,$3,$0.5'],
    ['ends of lines of an old Mac', 'Date,Open,High,Low,Close,Volume\r2024-01-02,1,3,0.5,2,10\r'],
  ])('takes %s', (_name, text) => {
    expect(read(text)).toMatchObject({ bars: [bar], problems: [] });
  });

  test('takes thousands apart from fractions, by all of the file', () => {
    const prices = (text: string) => read(text).bars.map(({ close, volume }) => [close, volume]);
    expect(prices(`${HEADER}\n2020-01-02,"28,638.97","28,872.80","28,627.77","28,868.80","251,820,000"`)).toEqual([
      [28_868.8, 251_820_000],
    ]);
    expect(prices('Date;Open;High;Low;Close;Volume\n2020-01-02;13.233,71;13.425,51;13.225,12;13.385,93;1.000')).toEqual(
      [[13_385.93, 1000]],
    );
    expect(prices('Date;Open;High;Low;Close;Volume\n2020-01-02;1 233,5;1 425,5;1 225,1;1 385,9;7')).toEqual([
      [1385.9, 7],
    ]);
    expect(read('Date;Open;High;Low;Close\n2020-01-02;1,123;1,125;1,121;1,124').problems).toEqual([
      '2: Whether the commas in its numbers part thousands or fractions, the file does not say: write 1234 or 1.234.',
    ]);
    expect(
      read('Date,Open,High,Low,Close\n2020-01-02,71,5,72,5,71,2,72,4\n2020-01-03,71,5,72,5,71,2,72,4').problems,
    ).toEqual([
      '2: The line has 9 fields where the file has 5 columns. A comma within a number belongs in quotes, or another separator between the fields. So it is in 1 more line.',
    ]);
  });

  test('says each reason once, with the first line that has it', () => {
    const text =
      'time,open,high,low,close\n2024-01-02,1,3,0.5,2\nrubbish\n2024-01-03,1,0.1,0.5,2\n2024-01-02,1,3,0.5,2\n2024-02-30,1,3,0.5,2\n2024-01-05,1,3,0.5,\n2024-01-06,1,0.2,0.5,2\n2024-01-07,1,3,0.5';
    expect(read(text).problems).toEqual([
      '3: The line has 1 field where the file has 5 columns.',
      '4: The high 0.1 is below the low 0.5. So it is in 1 more line.',
      '5: The time is that of the line before.',
      '6: "2024-02-30" is no time, or not one as the others of the file: write 2024-01-31, 2024-01-31T15:30Z, 20240131, or seconds or milliseconds since 1970.',
      '7: The close is missing.',
      '9: The line has 4 fields where the file has 5 columns.',
    ]);
  });

  test('says what the header lacks, once', () => {
    expect(read('a,b\n1,2\n3,4').problems).toEqual([
      '1: The header has no column for a time (or date), open, high, low, close. It reads: a, b',
    ]);
    expect(read('').problems).toEqual(['1: The file is empty: a header line and bars belong here.']);
    expect(read('Date,Open,High,Low,Close,Close\n2024-01-02,1,3,0.5,2,2').problems).toEqual([
      '1: The header has two columns named close: take one of them away, or rename it.',
    ]);
    expect(read(Buffer.from(HEADER, 'utf16le').toString('utf8')).problems).toEqual([
      '1: The file is no text in UTF-8: save it as CSV in UTF-8.',
    ]);
    expect(read(`${HEADER}\n"2024-01-02,1,3,0.5,2,10\n`).problems).toEqual([
      '2: A quote opens in this line and is not closed.',
    ]);
    expect(read(`${HEADER}\n2024-01-02,1,3,0.5,2,10\n"a\n"b\n"c\n"d\n`).problems).toEqual([
      '3: A quote opens in this line and is not closed.',
    ]);
  });

  test.each(['0x1', ' 0x1', '0X1', '0b1', '0o1', '1_0', '1e999', 'Infinity', '1.5.5', '1.000.0', '-'])(
    'takes %s for no number, and no other line for wrong',
    (text) => {
      const { problems } = read(
        [HEADER, '2024-01-02,1.5,3,0.5,2,10', `2024-01-03,${text},3,0.5,2,10`, '2024-01-04,1.5,3,0.5,2,10'].join('\n'),
      );
      expect(problems).toEqual([expect.stringMatching(/^3: The open (".*" is no number|is missing)\.$/)]);
    },
  );

  test('takes blanks for nothing, and no zero', () => {
    expect(read(`${HEADER}\n2024-01-02,  ,3,0.5,2,10`).problems).toEqual(['2: The open is missing.']);
    expect(read(`${HEADER}\n2024-01-02,1,3,0.5,2, \n2024-01-03, 1 ,3,0.5,2,\t5`).bars).toMatchObject([
      { volume: Number.NaN },
      { open: 1, volume: 5 },
    ]);
  });

  test('a volume that is not there is missing, and said', () => {
    expect(read('Date,Open,High,Low,Close\n2024-01-02,1,3,0.5,2')).toMatchObject({
      bars: [{ ...bar, volume: Number.NaN }],
      noVolume: 'The file has no column for a volume: it is missing (na) at every bar.',
    });
    expect(read(`${HEADER}\n2024-01-02,1,3,0.5,2,\n2024-01-03,1,3,0.5,2,0\n`)).toMatchObject({
      bars: [{ volume: Number.NaN }, { volume: 0 }],
      noVolume: 'The volume is missing (na) at 1 of 2 bars.',
    });
    expect(read('Date,Open,High,Low,Close,Volume BTC,Volume USD\n2024-01-02,1,3,0.5,2,10,20').noVolume).toBe(
      'The file has 2 columns for a volume (Volume BTC, Volume USD), so it is missing (na) at every bar: name the one that counts "volume".',
    );
    expect(read(`${HEADER}\n2024-01-02,1,3,0.5,2,0\n2024-01-03,1,3,0.5,2,0`)).toMatchObject({
      bars: [{ volume: 0 }, { volume: 0 }],
      notes: [expect.stringMatching(/^The volume is 0 at every bar/)],
    });
    expect(read('Date,Open,High,Low,Close,Volume BTC\n2024-01-02,1,3,0.5,2,10')).toMatchObject({
      bars: [bar],
      noVolume: null,
    });
  });

  test('a file whose newest bar stands first is read from its end', () => {
    expect(times(file('2024-01-04', '2024-01-03', '2024-01-02'))).toEqual([
      '2024-01-02T00:00:00',
      '2024-01-03T00:00:00',
      '2024-01-04T00:00:00',
    ]);
    expect(read(file('2024-01-04', '2024-01-03')).notes).toEqual([
      'The newest bar stands first in the file: it is read from its end.',
    ]);
    expect(times(file('2024-01-04', '2024-01-03', '2024-01-03', '2024-01-02'))).toEqual([
      '3: The time is that of the line below.',
    ]);
  });
});

function timesOf(text: string): string[] {
  const reader = readCsv();
  reader.write(text);
  const read = reader.end();
  return read.ok ? Array.from(read.value.time, (time) => new Date(time).toISOString().slice(11, 16)) : [];
}

describe('the times of a file', () => {
  const day = ['2020-01-02T00:00:00', '2020-01-03T00:00:00'];
  const half = ['2020-01-02T09:30:00', '2020-01-02T21:31:00'];
  test.each<[string, string, string[]]>([
    ['20200102', '20200103', day],
    ['43832', '43833', day],
    ['1577923200', '1578009600', day],
    ['1577923200000', '1578009600000', day],
    ['1577923200000000', '1578009600000000', day],
    ['1577923200000000000', '1578009600000000000', day],
    ['02.01.2020', '03.01.2020', day],
    ['2020/01/02', '2020/01/03', day],
    ['2020.01.02', '2020.01.03', day],
    ['2020-1-2', '2020-1-3', day],
    ['2 Jan 2020', '3 Jan 2020', day],
    ['02-Jan-2020', '03-Jan-2020', day],
    ['2020-Jan-02', '2020-Jan-03', day],
    ['Thu Jan 02 2020', 'Fri Jan 03 2020', day],
    ['"Jan 2, 2020"', '"January 3, 2020"', day],
    ['2020-01-02 00:00:00+00', '2020-01-02T23:00:00-01:00', day],
    ['2020-01-02T01:00+0100', '2020-01-03T01:00+0100', day],
    ['02.01.2020 01:00:00.000 GMT+0100', '03.01.2020 01:00:00.000 GMT+0100', day],
    ['202001020930', '202001022131', half],
    ['20200102093000', '20200102213100', half],
    ['20200102093000000', '20200102213100000', half],
    ['20200102 093000', '20200102 213100', half],
    ['20200102 09:30', '20200102 21:31', half],
    ['2020-01-02 09:30 AM', '2020-01-02 09:31 PM', half],
    ['2020-01-02T09:30:00.000Z', '2020-01-02T21:31:00.000Z', half],
    ['43832.395833333336', '43832.896527777775', half],
    ['2020010209', '2020010221', ['2020-01-02T09:00:00', '2020-01-02T21:00:00']],
    ['2019', '2020', ['2019-01-01T00:00:00', '2020-01-01T00:00:00']],
    ['2020-01', '2020-02', ['2020-01-01T00:00:00', '2020-02-01T00:00:00']],
    ['999996400', '1000000000', ['2001-09-09T00:46:40', '2001-09-09T01:46:40']],
    ['13/02/2020', '14/02/2020', ['2020-02-13T00:00:00', '2020-02-14T00:00:00']],
    ['01/02/2020', '01/13/2020', ['2020-01-02T00:00:00', '2020-01-13T00:00:00']],
    ['1/2/2020 9:30', '1/13/2020 9:30', ['2020-01-02T09:30:00', '2020-01-13T09:30:00']],
  ])('%s is read for what it is', (first, second, expected) => {
    expect(times(file(first, second))).toEqual(expected);
  });

  test.each([
    '0',
    '12',
    '86400',
    '99999999',
    '20201301',
    '200102',
    '01/02/20',
    '2021-02-30',
    '2020-13-01',
    '31.04.2020',
    '2020-01-02T25:00',
    '2020-01-02 13:30 PM',
    '2020-01-02T10:00 EST',
    '2020-01-02T10:00-99:99',
    '2020-01-02T10:00+01:75',
    'yesterday',
    '5681-01-01',
    '1e12',
  ])('%s is refused', (text) => {
    expect(times(file(text))).toEqual([expect.stringMatching(/^2: "[^"]*" is no time/)]);
  });

  test('are days of a spreadsheet in its language, with the sign that the prices have', () => {
    const text = ['Datum;Open;High;Low;Close', ...['43831', '43831,375', '43831,75', '43832,0625']]
      .map((line, row) => (row === 0 ? line : `${line};1,5;2,5;1,25;2`))
      .join('\n');
    expect(timesOf(text)).toEqual(['00:00', '09:00', '18:00', '01:30']);
    expect(timesOf(text.replace('43831,375', '43831,3.5'))).toEqual([]);
  });

  test('stand in a column of MetaStock, beside one for the time of the day', () => {
    const text = `<TICKER>,<DTYYYYMMDD>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>
AUDJPY,20010102,230100,64.30,64.30,64.30,64.30,4
AUDJPY,20010102,235900,64.29,64.29,64.29,64.29,4
AUDJPY,20010103,000000,64.29,64.29,64.29,64.29,4`;
    expect(timesOf(text)).toEqual(['23:01', '23:59', '00:00']);
  });

  test('of which one is wrong are told with its line', () => {
    for (const wrong of ['20211304', '2021010', '20210230'])
      expect(times(file('20210104', wrong, '20210106'))).toEqual([
        expect.stringMatching(new RegExp(`^3: "${wrong}" is no time`)),
      ]);
    for (const wrong of ['1609545600000', '2021'])
      expect(times(file('1609459200', wrong, '1609632000'))).toEqual([
        expect.stringMatching(new RegExp(`^3: "${wrong}" is no time`)),
      ]);
    expect(read(HEADER)).toMatchObject({ bars: [], notes: [] });
  });

  test('whose day and month may be the other way round are refused', () => {
    expect(times(file('01/02/2020', '01/03/2020', '01/06/2020'))).toEqual([
      '2: Whether the day or the month comes first in its dates, the file does not say, since no number is above 12: write 2024-01-31.',
    ]);
    expect(times(file('01/02/2020', '13/02/2020', '02/13/2020'))).toEqual([
      '4: There is no such date, with the day before the month as in other lines of the file.',
    ]);
  });

  test('in a column of their own count, also as digits', () => {
    const rows = (first: string, second: string) =>
      times(`Date,Time,Open,High,Low,Close\n${first},1,3,0.5,2\n${second},1,3,0.5,2`);
    expect(rows('2020-01-02,09:30:00', '2020-01-02,21:31:00')).toEqual(half);
    expect(rows('20200102,93000', '20200102,213100')).toEqual(half);
    expect(rows('20200102,930', '20200102,2131')).toEqual(half);
  });

  test('land in no year but their own, whatever digits they are', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 19n }), (digits) => {
        const { bars, problems } = read(file(String(digits)));
        const year = new Date(bars[0]?.time ?? Number.NaN).getUTCFullYear();
        if (problems.length === 0) expect(year >= 1900 || String(digits).startsWith(String(year))).toBe(true);
        if (problems.length === 0) expect(year).toBeLessThanOrEqual(2100);
      }),
    );
  });
});

describe('whatever a program writes', () => {
  test('is read as the bars that were written, wherever it is cut', () => {
    fc.assert(
      fc.property(
        arbitraryCsv,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
        ({ text, bars }, cuts) => {
          const at = [0, ...cuts.map((cut) => Math.floor(cut * text.length)).sort((a, b) => a - b), text.length];
          expect(read(...at.slice(1).map((end, index) => text.slice(at[index], end)))).toMatchObject({
            bars,
            problems: [],
          });
        },
      ),
    );
  });

  test('a file that is larger than what its dialect is read from is read to its end', () => {
    const lines = Array.from(
      { length: 5000 },
      (_, bar) => `"${new Date(Date.UTC(2024, 0, 1) + bar * 60_000).toISOString()}",1,3,0.5,2,${bar}`,
    );
    const text = ['time,open,high,low,close,volume', ...lines].join('\n');
    const pieces = Array.from({ length: Math.ceil(text.length / 9999) }, (_, piece) =>
      text.slice(piece * 9999, (piece + 1) * 9999),
    );
    const { bars, problems } = read(...pieces);
    expect([bars.length, bars.at(-1)?.volume, problems]).toEqual([5000, 4999, []]);
  });

  test('problems are the same wherever it is cut', () => {
    const text =
      'time,open,high,low,close\r\n2024-01-02,1,3,0.5,2\r\nbad\r\n"2024-01-03","1",3,0.5,2\r\n\r\n2024-01-03,1,3,0.5,2\r\n';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        expect(read(...at.slice(1).map((end, index) => text.slice(at[index], end)))).toEqual(read(text));
      }),
    );
  });

  test('lines without quotes have the fields that csv-parse gives them', () => {
    const field = fc.string({ unit: fc.constantFrom('1', '2', '.', '-', ' ', 'a'), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t', '|'),
        (rows, separator) => {
          const text = rows.map((fields) => fields.join(separator)).join('\n');
          expect(text.split('\n').map((line) => line.split(separator).map((part) => part.trim()))).toEqual(
            parse(text, {
              delimiter: separator,
              record_delimiter: '\n',
              relax_column_count: true,
              relax_quotes: true,
              skip_empty_lines: false,
              trim: true,
            }),
          );
        },
      ),
    );
  });
});
