import { expect, it } from 'vitest';
import { thingOf } from './thing-of.ts';

const ID = '0b0f9a0e-7a39-4a2c-9c8f-2f5d6f2a9f10';

it.each([
  [`/formulas/${ID}`, { kind: 'formulas', id: ID }],
  [`/formulas/${ID}/history`, { kind: 'formulas', id: ID }],
  [`/backtests/${ID}`, { kind: 'backtests', id: ID }],
  [`/reviews/${ID}`, { kind: 'reviews', id: ID }],
  ['/backtests/compare', null],
  [`/formulas/${ID}0`, null],
  [`/markets/${ID}`, null],
  ['/formulas', null],
])('the address %s is about %j', (pathname, thing) => {
  expect(thingOf(pathname)).toEqual(thing);
});
