import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCKS, findBlock } from '#core/formula/blocks/catalogue.ts';
import { numberOf } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import { rangeOf, rangeWords, stepped } from './field-steps.ts';
import { levelOf, titleSize } from './level.ts';
import { readLiteral } from './read-literal.ts';

const portOf = (block: string, name: string): Port => {
  const port = findBlock(block)?.inputs.find((each) => each.name === name);
  if (!port) throw new Error(`${block} has no ${name}`);
  return port;
};
const number = portOf('sma', 'timePeriod');
const level = portOf('buy', 'stop');

test('arithmetic in a field is computed as the language does', () => {
  const read = (text: string, port = number) => {
    const result = readLiteral(text, port);
    return result.ok ? result.value : result.error;
  };
  expect(read('10+4')).toBe(14);
  expect(read(' (10 + 4) * 2 ')).toBe(28);
  expect(read('0.1+0.2')).toBe(0.3);
  expect(read('2 * 5%', level)).toBe('10%');
  expect(read('5% + 1%', level)).toBe('6%');
  expect(read('-3')).toBe(-3);
  expect(read('5%', level)).toBe('5%');
  expect(read('')).toBeUndefined();
  for (const wrong of ['10+', '1/0', 'close + 1', '"5"', '10 # 4', '10 +\n4', '('])
    expect([wrong, read(wrong)]).toEqual([wrong, 'A number belongs here, such as 14, 5% or 10 + 4.']);
});

test('a step stays inside of the range, and a step back comes back', () => {
  const ports = BLOCKS.flatMap(({ inputs }) => inputs).filter(({ type }) => type === 'number' || type === 'level');
  fc.assert(
    fc.property(
      fc.constantFrom(...ports),
      fc.integer({ min: -400, max: 400 }),
      fc.integer({ min: -50, max: 50 }),
      (port, at, steps) => {
        const range = rangeOf(port, undefined);
        const next = stepped(at, steps, range);
        const value = numberOf(next ?? undefined) ?? Number.NaN;
        expect(value).toBeGreaterThanOrEqual(range.min ?? -Infinity);
        expect(value).toBeLessThanOrEqual(range.max ?? Infinity);
        if (range.isInteger) expect(Number.isInteger(value)).toBe(true);
      },
    ),
  );
  expect(stepped(14, 1, { isInteger: true })).toBe(15);
  expect(stepped(14, 1, { isInteger: true }, 'large')).toBe(24);
  expect(stepped(14, 1, { isInteger: true }, 'fine')).toBe(15);
  expect(stepped(14, -20, { isInteger: true, min: 2 })).toBe(2);
  expect(stepped('5%', 1, { isInteger: false })).toBe('6%');
  expect(stepped('5%', 1, { isInteger: false }, 'fine')).toBe('5.1%');
  expect(stepped('5%', 1, { isInteger: false }, 'large')).toBe('15%');
  expect(stepped('5%', -1000, { isInteger: false, min: 0 })).toBe('0%');
  expect(stepped(0.02, 1, { isInteger: false })).toBe(0.021);
  expect(stepped(10, 3, { isInteger: false, step: 5, max: 22 })).toBe(22);
  expect(stepped('sma', 1, { isInteger: false })).toBeNull();
  expect(stepped(null, 1, { isInteger: false })).toBeNull();
  expect(stepped(undefined, 1, { isInteger: false })).toBeNull();
});

test('the range of an input is what the input says', () => {
  const node = { block: 'input', name: 'fast', args: { value: 10, min: 5, max: 50, step: 5 } };
  const range = rangeOf(portOf('input', 'value'), node);
  expect(range).toMatchObject({ min: 5, max: 50, step: 5 });
  expect(rangeWords(range)).toBe('5 to 50, in steps of 5');
  expect(rangeWords(rangeOf(number, undefined))).toMatch(/^whole numbers, /);
});

test('titles can be read wherever there are titles, and fields are shown only where they can be read', () => {
  expect([1, 0.55, 0.54, 0.2, 0.1].map(levelOf)).toEqual(['fields', 'fields', 'titles', 'titles', 'colours']);
  for (let zoom = 0.16; zoom < 0.55; zoom += 0.005) {
    const pixels = titleSize(zoom) * zoom;
    expect(pixels, String(zoom)).toBeGreaterThanOrEqual(10.5);
    expect(pixels, String(zoom)).toBeLessThanOrEqual(14);
  }
  expect(new Set(Array.from({ length: 500 }, (_, index) => titleSize(0.02 + index / 200))).size).toBeLessThan(10);
});
