import { describe, expect, test } from 'vitest';
import { KERNEL_BLOCKS } from './index.ts';
import { TALIB } from './kit/ports.ts';
import { BEYOND_TALIB } from './testing/examples/beyond-talib.ts';
import { EVENTS } from './testing/examples/events.ts';
import { LOGIC } from './testing/examples/logic.ts';
import { MATH } from './testing/examples/math.ts';
import { PRICE } from './testing/examples/price.ts';
import { WINDOWS } from './testing/examples/windows.ts';
import { valuesOf, type Examples } from './testing/worked-example.ts';

const EXAMPLES: Examples = { ...BEYOND_TALIB, ...EVENTS, ...LOGIC, ...MATH, ...PRICE, ...WINDOWS };

const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(12)) + 0);

test('every block that TA-Lib does not answer for is worked by hand', () => {
  expect(
    KERNEL_BLOCKS.filter(({ name, source }) => source !== TALIB && !Object.hasOwn(EXAMPLES, name)).map(
      ({ name }) => name,
    ),
  ).toEqual([]);
});

describe.each(Object.entries(EXAMPLES))('%s', (name, examples) => {
  test.each(examples)('of $given', ({ given, gives }) => {
    const block = KERNEL_BLOCKS.find((known) => known.name === name);
    if (!block) throw new Error(`there is no block ${name}`);
    const expected = Array.isArray(gives) ? { [block.outputs[0]?.name ?? '']: gives } : gives;
    const values = valuesOf(block, given);
    expect(Object.keys(values)).toEqual(Object.keys(expected));
    for (const [output, column] of Object.entries(expected))
      expect(rounded(values[output] ?? [])).toEqual(rounded(column));
  });
});
