import { expect, test } from 'vitest';
import { scopeOf, twiceBound } from './twice-bound.ts';

test('one key may mean two things in the code and beside texts, and nowhere else', () => {
  const bind = (id: string, scope: ReturnType<typeof scopeOf>) => ({ id, keys: 'f2', scope });
  expect(twiceBound([bind('a', 'code'), bind('b', 'beside texts'), bind('c', 'canvas')])).toEqual(['f2: b, c']);
  expect(twiceBound([bind('a', 'code'), bind('b', 'everywhere')])).toEqual(['f2: a, b']);
  expect(twiceBound([bind('a', 'everywhere'), bind('b', 'everywhere')])).toEqual(['f2: a, b']);
});

test('a key rests while somebody types, unless no text knows it', () => {
  expect(scopeOf({ group: 'View' })).toBe('beside texts');
  expect(scopeOf({ group: 'View', inTexts: 'always' })).toBe('everywhere');
  expect(scopeOf({ group: 'Strategy', inTexts: 'untyped' })).toBe('beside texts');
  expect(scopeOf({ group: 'Code', isLocal: true })).toBe('code');
});
