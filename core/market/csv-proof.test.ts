import { expect, test } from 'vitest';
import { readCsv, type ReadOptions } from './read-csv.ts';
import { readLength } from './read-length.ts';

function read(lines: readonly string[], said: ReadOptions = {}) {
  const reader = readCsv(said);
  reader.write(`${lines.join('\n')}\n`);
  const file = reader.end();
  return file.ok
    ? { closes: [...file.value.close], volumes: [...file.value.volume], time: file.value.time }
    : file.error;
}

const GERMAN = [
  'Datum;Eröffnung;Hoch;Tief;Schluss;Volumen',
  ...[29, 30, 31].map((day) => `${day}.01.2024;150,123;150,456;149,001;150,222;1.234`),
];

test('a sign with three digits behind it proves nothing, and somebody can say what it is', () => {
  expect(read(GERMAN)).toMatchObject({ asks: 'decimals' });
  expect(read(GERMAN, { decimals: 'comma' })).toMatchObject({
    closes: [150.222, 150.222, 150.222],
    volumes: [1234, 1234, 1234],
  });
  expect(read(GERMAN, { decimals: 'point' })).toMatchObject({
    closes: [150_222, 150_222, 150_222],
    volumes: [1.234, 1.234, 1.234],
  });
  const one = [
    'date;open;high;low;close;volume',
    '2024-01-29;150,123;150,456;149,001;150,222;1.234',
    '2024-01-30;150;151;149;150;900',
  ];
  expect(read(one)).toMatchObject({ asks: 'decimals' });
});

test.each<[string, string, string, number, number]>([
  ['fewer than three digits behind a comma', '1,5', '1.234', 1.5, 1234],
  ['a comma behind a zero', '0,123', '1.234', 0.123, 1234],
  ['more than three digits before a comma', '1234,567', '1.234', 1234.567, 1234],
  ['fewer than three digits behind a point', '1.5', '"1,234"', 1.5, 1234],
  ['a point behind a zero', '0.123', '"1,234"', 0.123, 1234],
  ['both signs in a number', '"1,234.567"', '"1,234"', 1234.567, 1234],
  ['two of a sign', '1.5', '"1,234,567"', 1.5, 1_234_567],
  ['thousands of Switzerland', '1’234.50', '1’234', 1234.5, 1234],
  ['thousands of India', '"12,34,567.50"', '"1,23,45,678"', 1_234_567.5, 12_345_678],
  ['nothing but points with three digits, as three decimals are', '150.123', '900', 150.123, 900],
])('numbers that can be read in one way only prove a style: %s', (_name, price, volume, close, pieces) => {
  const rows = ['2024-01-29', '2024-01-30'].map((day) => [day, price, price, price, price, volume].join(';'));
  expect(read(['date;open;high;low;close;volume', ...rows])).toMatchObject({
    closes: [close, close],
    volumes: [pieces, pieces],
  });
});

test('a comma behind the beginning that decides says no more than a comma within it', () => {
  const days = Array.from(
    { length: 3000 },
    (_, day) => `${new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10)};150;151;149;150;900`,
  );
  const refused = read(['date;open;high;low;close;volume', ...days, '2008-03-20;150,123;150,456;149,001;150,222;900']);
  expect(refused).toMatchObject({ asks: 'decimals', problems: [{ line: 3002 }] });
});

test('a column of hours is hours for the whole file, where more than one day has them', () => {
  const rows = (days: readonly string[], hours: readonly number[]): string[] => [
    'date,time,open,high,low,close',
    ...days.flatMap((day) => hours.map((hour) => `2024-01-${day},${hour},1,2,0.5,1.5`)),
  ];
  const all = Array.from({ length: 24 }, (_, hour) => hour);
  const file = read(rows(['02', '03', '04'], all));
  if (!('time' in file)) expect.fail();
  expect(new Date(file.time[9] ?? 0).toISOString()).toBe('2024-01-02T09:00:00.000Z');
  expect(readLength(file.time)).toEqual({ ok: true, value: '1h' });
  const session = read(rows(['02', '03', '04', '05'], all.slice(9, 17)));
  expect('time' in session && new Date(session.time[0] ?? 0).toISOString()).toBe('2024-01-02T09:00:00.000Z');
  // Minutes behind midnight and hours are the same numbers.
  expect(read(rows(['02'], all))).toMatchObject({ problemCount: 24 });
  const minutes = read(rows(['02', '03'], [0, 30, 59, 100, 930, 1530]));
  expect('time' in minutes && new Date(minutes.time[4] ?? 0).toISOString()).toBe('2024-01-02T09:30:00.000Z');
});

test.each([
  [';', '29.01.2024', '30.01.2024', '31.01.2024'],
  [';', '2024-01-29', '2024-01-30', '2024-01-31'],
  ['\t', '2024.01.29', '2024.01.30', '2024.01.31'],
])('without a header, %j between the fields and commas in the numbers: %s', (separator, ...days) => {
  const file = read(days.map((day) => [day, '1,5', '2,0', '1,0', '1,7', '100'].join(separator)));
  expect(file).toMatchObject({
    closes: [1.7, 1.7, 1.7],
    time: Float64Array.of(Date.UTC(2024, 0, 29), Date.UTC(2024, 0, 30), Date.UTC(2024, 0, 31)),
  });
});

test('a header that is no UTF-8 is told to be none', () => {
  expect(read(['Datum;Er\uFFFDffnung;Hoch;Tief;Schluss', '29.01.2024;1,5;2;1;1,5'])).toMatchObject({
    problems: [{ line: 1, message: 'The file is no text in UTF-8: save it as CSV in UTF-8.' }],
  });
});
