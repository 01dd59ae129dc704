import { expect, test } from 'vitest';
import type { Command } from './command.ts';
import { commandFor, endsIn, nameOfPress, type KeyPlace, type KeyPress } from './shortcut.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  hasAltGraph: false,
  ...held,
});

test('names a press as shortcuts write it', () => {
  expect(nameOfPress(press('K', { ctrlKey: true }))).toBe('mod+k');
  expect(nameOfPress(press('k', { metaKey: true, shiftKey: true }))).toBe('mod+shift+k');
  expect(nameOfPress(press('?', { shiftKey: true }))).toBe('?');
});

test.each<readonly [string, KeyPress, string]>([
  ['Ctrl+Z on a Russian keyboard', press('я', { code: 'KeyZ', ctrlKey: true }), 'mod+z'],
  ['F on a Russian keyboard', press('а', { code: 'KeyF' }), 'f'],
  ['Ctrl+Z on a German keyboard', press('z', { code: 'KeyY', ctrlKey: true }), 'mod+z'],
  ['Ctrl+A on a French keyboard', press('a', { code: 'KeyQ', ctrlKey: true }), 'mod+a'],
  ['é on a French keyboard', press('é', { code: 'Digit2' }), 'é'],
  ['ö on a German keyboard', press('ö', { code: 'Semicolon' }), 'ö'],
  ['Option+A on a Mac', press('å', { code: 'KeyA', altKey: true }), 'alt+a'],
  ['Option+Shift+H on a Mac', press('Ó', { code: 'KeyH', altKey: true, shiftKey: true }), 'alt+shift+h'],
  ['Option+N on a Mac, which waits for a letter', press('Dead', { code: 'KeyN', altKey: true }), 'alt+n'],
  ['Option+L on a German Mac', press('@', { code: 'KeyL', altKey: true }), 'alt+l'],
  ['Alt+A on Windows', press('a', { code: 'KeyA', altKey: true }), 'alt+a'],
  ['AltGr+Q on a German keyboard', press('@', { code: 'KeyQ', altKey: true, ctrlKey: true, hasAltGraph: true }), '@'],
  ['Alt+ArrowUp', press('ArrowUp', { code: 'ArrowUp', altKey: true }), 'alt+arrowup'],
])('%s', (_, pressed, name) => expect(nameOfPress(pressed)).toBe(name));

test('knows keys pressed one after the other', () => {
  expect(endsIn(['x', 'g', 'f'], 'g f')).toBe(true);
  expect(endsIn(['g', 'x', 'f'], 'g f')).toBe(false);
  expect(endsIn(['f'], 'g f')).toBe(false);
});

const command = (shortcut: string, more: Partial<Command> = {}): Command => ({
  id: shortcut,
  title: shortcut,
  group: 'Strategy',
  shortcut,
  run: () => undefined,
  ...more,
});
const COMMANDS = [
  command('mod+k', { inTexts: 'always' }),
  command('mod+z', { inTexts: 'untyped', repeats: true }),
  command('mod+d'),
  command('alt+a'),
  command('q'),
];
const all = COMMANDS.map(({ id }) => id);
const runAt = (place: Partial<KeyPlace>) =>
  all.filter((keys) => commandFor(COMMANDS, [keys], { target: 'page', isCovered: false, isRepeated: false, ...place }));

test('a key rests in a text unless no text knows it, and everywhere while a dialog is open', () => {
  expect(runAt({})).toEqual(all);
  expect(runAt({ target: 'text' })).toEqual(['mod+k']);
  expect(runAt({ target: 'untyped' })).toEqual(['mod+k', 'mod+z']);
  expect(runAt({ isCovered: true })).toEqual([]);
  expect(runAt({ isCovered: true, target: 'text' })).toEqual([]);
});

test('a key that is held runs again what may be repeated alone', () =>
  expect(runAt({ isRepeated: true })).toEqual(['mod+z']));
