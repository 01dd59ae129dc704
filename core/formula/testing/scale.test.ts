import { describe, expect, it } from 'vitest';
import { scaleOf } from './scale.ts';

describe('the scale of the tests', () => {
  it('is 1 where nothing is said', () => {
    for (const text of [undefined, '', ' ']) expect(scaleOf(text)).toBe(1);
  });

  it('is what is said', () => {
    for (const [text, scale] of [
      ['60', 60],
      ['1.5', 1.5],
    ] as const)
      expect(scaleOf(text)).toBe(scale);
  });

  it('is never a number with which no case runs', () => {
    for (const text of ['0', '0.5', '-1', 'many', 'NaN', 'Infinity', '1,5']) expect(() => scaleOf(text)).toThrow(text);
  });
});
