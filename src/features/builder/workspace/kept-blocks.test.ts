import { expect, test } from 'vitest';
import { keepHabits, readHabits, toggled, withUsed } from './kept-blocks.ts';

function store() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test('what was used last stands first, each block once, and no more than some', () => {
  let habits = readHabits(store(), 'ada');
  for (let count = 0; count < 40; count += 1) habits = withUsed(habits, `b${count % 20}`);
  habits = withUsed(habits, 'b15');
  expect(habits.recent.slice(0, 2)).toEqual(['b15', 'b19']);
  expect(new Set(habits.recent).size).toBe(habits.recent.length);
  expect(habits.recent.length).toBeLessThan(15);
});

test('habits are a person’s own, and read back as they were kept', () => {
  const kept = store();
  const habits = toggled(toggled(withUsed(readHabits(kept, 'ada'), 'rsi'), 'favourites', 'rsi'), 'folded', 'math');
  keepHabits(kept, 'ada', habits);
  expect(readHabits(kept, 'ada')).toEqual({ recent: ['rsi'], favourites: ['rsi'], folded: ['math'] });
  expect(readHabits(kept, 'ben').favourites).toEqual([]);
  expect(toggled(habits, 'favourites', 'rsi').favourites).toEqual([]);
});

test.each(['{', 'null', '[]', '3', '{"recent":3,"favourites":[1,null],"folded":{}}'])('%s is no habit', (text) => {
  const kept = store();
  kept.setItem('blocks:ada', text);
  expect(readHabits(kept, 'ada')).toEqual({ recent: [], favourites: [], folded: [] });
});
