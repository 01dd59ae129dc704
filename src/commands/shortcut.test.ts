import { expect, test } from 'vitest';
import { endsIn, nameOfPress } from './shortcut.ts';

const press = (key: string, held: Partial<Record<'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('names a press as shortcuts write it', () => {
  expect(nameOfPress(press('K', { ctrlKey: true }))).toBe('mod+k');
  expect(nameOfPress(press('k', { metaKey: true, shiftKey: true }))).toBe('mod+shift+k');
  expect(nameOfPress(press('?', { shiftKey: true }))).toBe('?');
});

test('knows keys pressed one after the other', () => {
  expect(endsIn(['x', 'g', 'f'], 'g f')).toBe(true);
  expect(endsIn(['g', 'x', 'f'], 'g f')).toBe(false);
  expect(endsIn(['f'], 'g f')).toBe(false);
});
