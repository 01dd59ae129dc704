import { expect, test } from 'vitest';
import type { Command } from './command.ts';
import { findCommands, rankCommands } from './rank-commands.ts';

const command = (title: string, group: Command['group'], keywords: readonly string[] = []): Command => ({
  id: title,
  title,
  group,
  keywords,
  run: () => undefined,
});

// In the order in which parts of the interface offer them, which is that of no relevance.
const COMMANDS = [
  command('Comment on the selection', 'Strategy', ['discuss', 'thread', 'mention']),
  command('Undo', 'Strategy'),
  command('Tidy up the canvas', 'Strategy', ['layout', 'arrange']),
  command('Save as a file of JSON', 'Strategy', ['export', 'format']),
  command('Show what a call takes', 'Code', ['arguments', 'parameters']),
  command('Format the code', 'Code'),
  command('Sweep the inputs', 'Backtest'),
  command('Run a backtest', 'Backtest'),
  command('Sweeps', 'Go to'),
  command('Backtests', 'Go to'),
  command('Switch between light and dark theme', 'View', ['dark', 'light', 'mode']),
];
const first = (query: string) => rankCommands(COMMANDS, query)[0]?.title;

test.each([
  ['undo', 'Undo'],
  ['theme', 'Switch between light and dark theme'],
  ['dark', 'Switch between light and dark theme'],
  ['sweep', 'Sweep the inputs'],
  ['sweeps', 'Sweeps'],
  ['format', 'Format the code'],
  ['back', 'Backtests'],
  ['run', 'Run a backtest'],
  ['json', 'Save as a file of JSON'],
  ['backtest', 'Run a backtest'],
  ['export', 'Save as a file of JSON'],
])('%s finds %s, across groups', (query, title) => expect(first(query)).toBe(title));

test('letters here and there are no match', () => {
  expect(rankCommands(COMMANDS, 'theme').map(({ title }) => title)).toEqual(['Switch between light and dark theme']);
  expect(rankCommands(COMMANDS, 'rsi')).toEqual([]);
});

test('every word has to be found', () => expect(rankCommands(COMMANDS, 'run sweep')).toEqual([]));

test('a search for what cannot be done now finds that command, unless something else is found', () => {
  const remove: Command = { ...command('Delete the selection', 'Strategy'), isLocal: true, when: () => false };
  const titles = (query: string) =>
    findCommands([...COMMANDS, remove], [], query, ({ when }) => when?.() ?? true).map(({ title }) => title);
  expect(titles('delete')).toEqual(['Delete the selection']);
  expect(titles('selection')).toEqual(['Comment on the selection']);
  expect(titles('rsi')).toEqual([]);
});

test('what is found by name stands among the commands, the nearest first, and parts of words last', () => {
  const things = [command('Golden theme', 'Strategies'), command('Anathema', 'Strategies')];
  const titles = findCommands(COMMANDS, things, 'them', () => true).map(({ title }) => title);
  expect(titles).toEqual(['Golden theme', 'Switch between light and dark theme', 'Anathema']);
});
