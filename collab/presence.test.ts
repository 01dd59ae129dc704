import { expect, test } from 'vitest';
import { readPresence } from './presence.ts';

const POINT = { node: 'n', offset: 0, length: 3 };

test('what a colleague sees is read', () => {
  const view = { x: 1, y: -2, zoom: 0.5 };
  expect(readPresence({ view, scroll: POINT })).toEqual({ view, scroll: POINT });
});

test.each([
  [{ view: { x: 1, y: 2 } }],
  [{ view: { x: 1, y: 2, zoom: 0 } }],
  [{ view: { x: 1, y: 2, zoom: -1 } }],
  [{ view: { x: Infinity, y: 2, zoom: 1 } }],
  [{ view: [1, 2, 3] }],
  [{ view: 'all' }],
  [{ scroll: { node: 1, offset: 0, length: 0 } }],
  [{ scroll: { node: 'n', offset: '0', length: 0 } }],
  [{ scroll: 7 }],
  [{ field: { node: 'n' } }],
])('%j is left out', (state) => {
  expect(readPresence(state)).toEqual({});
});

test('nothing is no more than nothing', () => {
  for (const state of [null, 'x', [], { view: null, scroll: null, field: null }])
    expect(readPresence(state)).toEqual({});
});
