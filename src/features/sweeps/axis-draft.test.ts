import { expect, test } from 'vitest';
import { axisOf, draftOf } from './axis-draft.ts';

test('an input with a range is swept over it in about twenty steps', () => {
  const input = { name: 'fast', value: 50, min: 5, max: 100 };
  const draft = draftOf(input);
  expect(draft).toEqual({ swept: true, from: 5, to: 100, step: 5 });
  expect(axisOf(input, draft)?.values).toHaveLength(20);
});

test('its own step is taken where it has one', () => {
  expect(draftOf({ name: 'slow', value: 20, min: 5, max: 200, step: 5 }).step).toBe(5);
});

test('an input without a range is offered around its value, unswept', () => {
  expect(draftOf({ name: 'loss', value: 0.1 })).toEqual({ swept: false, from: 0.05, to: 0.2, step: 0.008 });
});

test('options are tried one by one, true and false too', () => {
  const kind = { name: 'maType', value: 'sma', options: ['sma', 'ema'] };
  expect(axisOf(kind, draftOf(kind))).toEqual({ name: 'maType', values: ['sma', 'ema'] });
  expect(axisOf({ name: 'on', value: true }, { swept: true, from: 0, to: 0, step: 1 })).toEqual({
    name: 'on',
    values: [false, true],
  });
});
