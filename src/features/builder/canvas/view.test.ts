import { expect, test } from 'vitest';
import { stepTo, viewOf, viewportOf } from './view.ts';

test('screens of two sizes show the same middle at the same zoom', () => {
  const view = viewOf({ x: -120, y: 40, zoom: 0.8 }, { width: 900, height: 500 });
  const narrow = { width: 390, height: 300 };
  expect(viewOf(viewportOf(view, narrow), narrow)).toEqual(view);
});

test('somebody who follows arrives, and then stays', () => {
  const to = { x: 500, y: -200, zoom: 2 };
  let at = { x: 0, y: 0, zoom: 0.5 };
  let steps = 0;
  for (; steps < 100 && at !== to; steps += 1) at = stepTo(at, to, 0.3);
  expect(at).toBe(to);
  expect(steps).toBeLessThan(30);
  expect(stepTo(to, to, 0.3)).toBe(to);
});

test('without motion the way is one step', () => {
  const to = { x: 500, y: -200, zoom: 2 };
  expect(stepTo({ x: 0, y: 0, zoom: 1 }, to, 1)).toBe(to);
});
