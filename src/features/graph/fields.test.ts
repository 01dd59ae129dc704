import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCKS, findBlock } from '#core/formula/blocks/catalogue.ts';
import { whyNotLiteral } from '#core/formula/check/why-not-literal.ts';
import { numberOf } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import type { FormulaNode, Literal } from '#core/formula/model/formula.ts';
import { rangeOf, rangeWords, stepped, steppedWithin } from './field-steps.ts';
import { levelOf, titleSize } from './level.ts';
import { readLiteral } from './read-literal.ts';

const portOf = (block: string, name: string): Port => {
  const port = findBlock(block)?.inputs.find((each) => each.name === name);
  if (!port) throw new Error(`${block} has no ${name}`);
  return port;
};
const number = portOf('sma', 'timePeriod');
const level = portOf('buy', 'stop');
const sma: FormulaNode = { block: 'sma', args: { series: { from: 'close' }, timePeriod: 10 } };
const buy: FormulaNode = { block: 'buy', args: { when: { from: 'up' } } };
const nodeWith = (port: Port) => (port === level ? buy : sma);

test('arithmetic in a field is computed as the language does', () => {
  const read = (text: string, port = number) => {
    const result = readLiteral(text, port, nodeWith(port));
    return result.ok ? result.value : result.error;
  };
  expect(read('10+4')).toBe(14);
  expect(read(' (10 + 4) * 2 ')).toBe(28);
  expect(read('0.1+0.2', level)).toBe(0.3);
  expect(read('2 * 5%', level)).toBe('10%');
  expect(read('5% + 1%', level)).toBe('6%');
  // A sign at the end is of the whole sum.
  expect(read('2+3%', level)).toBe('5%');
  expect(read('10 - 2.5 %', level)).toBe('7.5%');
  expect(read('2 * (1 + 3)%', level)).toBe('8%');
  expect(read('5%', level)).toBe('5%');
  expect(read('')).toBeUndefined();
  for (const wrong of ['10+', '1/0', 'close + 1', '"5"', '10 # 4', '10 +\n4', '('])
    expect([wrong, read(wrong)]).toEqual([wrong, 'A number belongs here, such as 14, 5% or 10 + 4.']);
});

test('a field decides or refuses in words', () => {
  const read = (text: string, port = number, node = nodeWith(port)) => {
    const result = readLiteral(text, port, node);
    return result.ok ? { taken: result.value } : result.error;
  };
  expect(read('1 000')).toEqual({ taken: 1000 });
  expect(read('2,5%', level)).toEqual({ taken: '2.5%' });
  expect(read('95', level)).toEqual({ taken: 95 });
  for (const text of ['true', 'na', '0x10', '1 4', '1,000', '-3', '0', '1.5', '5%', '%', 'sma', '1e999'])
    expect([text, read(text)]).toEqual([text, expect.stringMatching(/\.$/)]);
  for (const text of ['%', '-5%', '0%', '100%', '200%', '-95', 'true', 'half', '0x5%'])
    expect([text, read(text, level)]).toEqual([text, expect.stringMatching(/\.$/)]);
  // Of a short position, a stop lies above.
  expect(read('200%', portOf('short', 'stop'), { ...buy, block: 'short' })).toEqual({ taken: '200%' });
  const fast: FormulaNode = { block: 'input', name: 'fast', args: { value: 10, min: 5, max: 50 } };
  const value = portOf('input', 'value');
  expect(read('50', value, fast)).toEqual({ taken: 50 });
  for (const text of ['4', '51', '1,000', 'ten'])
    expect([text, read(text, value, fast)]).toEqual([text, expect.stringMatching(/\.$/)]);
  const kind: FormulaNode = { block: 'input', name: 'kind', args: { value: 'sma' } };
  expect(read('ema', value, kind)).toEqual({ taken: 'ema' });
});

test('a number that is taken is one that the checker accepts, whatever is typed, and a step never leaves that range', () => {
  const ports = BLOCKS.flatMap((block) => block.inputs.map((port) => ({ block, port }))).filter(
    ({ port: { type } }) => type === 'number' || type === 'level' || type === 'size',
  );
  const texts = fc.oneof(
    fc.double({ min: -300, max: 300, noNaN: true }).map((value) => String(Number(value.toPrecision(3)))),
    fc.integer({ min: -300, max: 300 }).map((value) => `${value}%`),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...ports),
      texts,
      fc.integer({ min: -500, max: 500 }),
      ({ block, port }, text, steps) => {
        const node: FormulaNode = { block: block.name, args: {} };
        const read = readLiteral(text, port, node);
        const accepts = (literal: Literal) => whyNotLiteral(node, port.name, literal) === null;
        if (!read.ok) return void expect(read.error).not.toBe('');
        if (read.value === undefined) return;
        expect(accepts(read.value)).toBe(true);
        const next = steppedWithin(read.value, steps, { range: rangeOf(port, node), accepts });
        expect(next === null || accepts(next)).toBe(true);
      },
    ),
  );
  const accepts = (literal: Literal) => whyNotLiteral(buy, 'stop', literal) === null;
  expect(steppedWithin('8%', -80, { range: rangeOf(level, buy), accepts })).toBe('1%');
  expect(steppedWithin('8%', 500, { range: rangeOf(level, buy), accepts })).toBe('99%');
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
