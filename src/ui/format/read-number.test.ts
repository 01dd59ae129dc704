import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber } from './read-number.ts';

const read = (text: string) => {
  const result = readNumber(text);
  return result.ok ? result.value : result.error;
};

test.each([
  ['10000', 10_000],
  ['1 000.5', 1000.5],
  ['−3', -3],
  ['- 3', -3],
  ['.5', 0.5],
  [',05', 0.05],
  ['5.', 5],
  ['1e3', 1000],
  ['1,5e-3', 0.0015],
  ['0,1', 0.1],
  ['0,125', 0.125],
  ['1.125', 1.125],
  ['1234,125', 1234.125],
  ['10.000,50', 10_000.5],
  ['10,000.50', 10_000.5],
  ['1,000,000', 1_000_000],
  ['1.000.000', 1_000_000],
  ['1.000.000,5', 1_000_000.5],
  ["10'000,25", 10_000.25],
  ['10\u00A0000', 10_000],
  ['10\u202F000,125', 10_000.125],
  ['10_000', 10_000],
  ['007', 7],
])('reads %s', (text, value) => expect(read(text)).toEqual({ value, isPercent: false }));

test.each([
  ['2.5%', 2.5],
  ['2,5 %', 2.5],
  ['-5%', -5],
])('reads the percentage %s', (text, value) => expect(read(text)).toEqual({ value, isPercent: true }));

test.each([
  ...[
    '',
    ' ',
    '%',
    '-',
    '.',
    ',',
    'e3',
    'ten',
    '1.2.3',
    '--1',
    '+-1',
    '0x10',
    '0b1',
    'NaN',
    'Infinity',
    '1e999',
    '5%%',
    '5 x',
  ],
  ...[
    '1 4',
    '1,00,000',
    '1 0000',
    '1,2,3',
    '10,000,00',
    '1 000,000,000',
    '1.000.00',
    '1,000.000,5',
    '$5',
    '１４',
    "1'0",
    '1 000_000',
    '1 .5 5',
  ],
])('refuses "%s" in words', (text) => expect(read(text)).toMatch(/\.$/));

test.each(['1,000', '10,000', '999,125', '1.000', '2.500', '10.000'])(
  'refuses "%s", which some read as a thousand times what others do',
  (text) => expect(read(text)).toMatch(/can be read as \d+ and as [\d.]+: write/),
);

test('a number is read as it was printed: by people of any country, or by this program', () => {
  const signs = fc.constantFrom<readonly [string, string]>(
    ['', '.'],
    ['', ','],
    [' ', ','],
    [' ', '.'],
    ["'", '.'],
    [',', '.'],
    ['.', ','],
  );
  fc.assert(
    fc.property(
      fc.integer({ min: -999_999_999, max: 999_999_999 }),
      fc.integer({ min: 0, max: 999_999 }),
      signs,
      (whole, fraction, [group, decimal]) => {
        const value = Number(`${whole}.${String(fraction).padStart(6, '0')}`);
        const [digits = '', rest] = String(Math.abs(value)).split('.');
        const printed = `${value < 0 ? '-' : ''}${digits.replaceAll(/\B(?=(\d{3})+$)/g, group)}${rest === undefined ? '' : decimal + rest}`;
        const result = readNumber(printed);
        // Refused, or the number; never another number.
        if (result.ok) expect(result.value.value).toBe(value);
        else expect(result.error).toContain('can be read as');
        const own = readNumber(String(value));
        expect(own.ok && own.value.value).toBe(value);
      },
    ),
  );
});
