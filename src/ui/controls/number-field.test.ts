import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SETTING_RANGES } from '#core/engine/outcome/settings.ts';
import { readWithin } from './number-field.tsx';

const [min, max] = SETTING_RANGES.commission;
const commission = { min, max, worth: 0.01, unit: '%' };
const read = (text: string, limits: Parameters<typeof readWithin>[1]) => {
  const result = readWithin(text, limits);
  return result.ok ? result.value : result.error;
};

test('a number is taken as it is meant, or refused in words with its limits', () => {
  expect(['0,1', '0.1 %', '0,25', ',05'].map((text) => read(text, commission))).toEqual([0.001, 0.001, 0.0025, 0.0005]);
  expect(read('100', commission)).toBe('At the most 50 %.');
  expect(read('-1', commission)).toBe('At least 0 %.');
  const cash = { min: 0.01, max: 1e15, worth: 1 };
  expect(['10.000,50', '10 000', '250000'].map((text) => read(text, cash))).toEqual([10_000.5, 10_000, 250_000]);
  expect(['0', '-5', '5%', '10,000', '0x10', ''].map((text) => read(text, cash))).toEqual(
    Array.from({ length: 6 }, () => expect.stringMatching(/\.$/)),
  );
  expect(read('2.5', { min: 0, max: 10, worth: 1, isInteger: true })).toBe('A whole number belongs here.');
});

test('whatever is typed, the value lies within its limits or there is none', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double().map(String), fc.string()),
      fc.integer({ min: -9, max: 0 }),
      fc.nat(9),
      (text, least, most) => {
        const result = readWithin(text, { min: least, max: most, worth: 1 });
        if (!result.ok) return void expect(result.error).toMatch(/\.$/);
        expect(result.value).toBeGreaterThanOrEqual(least);
        expect(result.value).toBeLessThanOrEqual(most);
      },
    ),
  );
});
