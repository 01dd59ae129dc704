import { expect, it } from 'vitest';
import { togetherBy } from './together-by.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('asks once for all who want something at the same moment, and anew for who comes later', async () => {
  const asked: (readonly string[])[] = [];
  const look = togetherBy(async (keys) => {
    asked.push(keys);
    await turn();
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, key.toUpperCase()]));
  });
  const first = ['a', 'b', 'a', 'nobody'].map(look);
  await turn();
  // The question is on its way, and its answer may be older than this wish.
  const later = look('a');
  expect(await Promise.all([...first, later])).toEqual(['A', 'B', 'A', undefined, 'A']);
  expect(asked).toEqual([['a', 'b', 'nobody'], ['a']]);
});

it('splits what is too much for one question', async () => {
  const sizes: number[] = [];
  const look = togetherBy(async (keys) => {
    sizes.push(keys.length);
    return new Map(keys.map((key) => [key, key]));
  });
  const keys = Array.from({ length: 1_234 }, (_, index) => String(index));
  expect(await Promise.all(keys.map(look))).toEqual(keys);
  expect(sizes).toEqual([500, 500, 234]);
});

it('fails for those who share a question that fails, and for nobody else', async () => {
  let failures = 1;
  const look = togetherBy(async (keys) => {
    if (failures-- > 0) throw new Error('away');
    return new Map(keys.map((key) => [key, key]));
  });
  const both = await Promise.allSettled([look('a'), look('b')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await look('a')).toBe('a');
});
