import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bar } from './bars.ts';
import { readCsv, readTime, type CsvProblem } from './read-csv.ts';

function read(...pieces: string[]): { bars: Bar[]; problems: CsvProblem[] } {
  const bars: Bar[] = [];
  const problems: CsvProblem[] = [];
  const reader = readCsv({ bar: (bar) => bars.push(bar), problem: (problem) => problems.push(problem) });
  pieces.forEach((piece) => reader.write(piece));
  reader.end();
  return { bars, problems };
}

describe('reading bars from CSV', () => {
  test('takes columns in any order and case, and any kind of time', () => {
    const expected = { time: Date.UTC(2024, 0, 2), open: 1, high: 3, low: 0.5, close: 2, volume: 10 };
    expect(read('Date,Open,High,Low,Close,Volume\n2024-01-02,1,3,0.5,2,10\n').bars).toEqual([expected]);
    expect(read('close,volume,"timestamp",low,high,open\r\n2,10,1704153600,0.5,3,1').bars).toEqual([expected]);
    expect(read('\uFEFF,open,high,low,close\n1704153600000,1,3,0.5,2\n').bars).toEqual([{ ...expected, volume: 0 }]);
    expect(read('time;open;high;low;close;volume\n2024-01-02 00:00;1;3;0.5;2;10').bars).toEqual([expected]);
  });

  test('reports every bad line with its number', () => {
    const { bars, problems } = read('time,open,high,low,close\n2024-01-02,1,3,0.5,2\nrubbish\n2024-01-03,1,0.1,0.5,2\n2024-01-02,1,3,0.5,2\n2024-02-30,1,3,0.5,2\n2024-01-05,1,3,0.5,\n');
    expect(bars).toHaveLength(1);
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7]);
    expect(problems[1]?.message).toContain('below the low');
  });

  test('says what the header lacks, once', () => {
    expect(read('a,b\n1,2\n3,4').problems).toEqual([{ line: 1, message: 'The header has no column for a time (or date), open, high, low, close. It reads: a, b' }]);
    expect(read('').problems).toEqual([{ line: 1, message: 'The file is empty: a header line and bars belong here.' }]);
  });

  test('does not care where the text is cut', () => {
    const text = 'time,open,high,low,close\r\n2024-01-02,1,3,0.5,2\r\nbad\r\n2024-01-03,1,3,0.5,2\r\n';
    fc.assert(fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), text.length];
      expect(read(...at.slice(1).map((end, index) => text.slice(at[index], end)))).toEqual(read(text));
    }));
  });

  test('knows times with a zone', () => {
    expect(readTime('2024-01-02T01:00+01:00')).toBe(Date.UTC(2024, 0, 2));
    expect(readTime('2024-01-01T19:30:00-0430')).toBe(Date.UTC(2024, 0, 2));
    expect(readTime('yesterday')).toBeNaN();
  });
});
