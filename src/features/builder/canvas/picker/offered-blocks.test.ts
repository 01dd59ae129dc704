import { describe, expect, test } from 'vitest';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { Wanted } from '../use-add-at.ts';
import { LIKELY_NAMES } from './likely.ts';
import { fittingFor, offeredBlocks } from './offered-blocks.ts';

const { formula } = parse('fastLine = sma(close, 10)\nup = crossover(fastLine, close)\nbuy(when: up)\n');
const idOf = (name: string): string =>
  Object.entries(formula.nodes).find(([, node]) => node.name === name || node.block === name)?.[0] ?? '';
const offered = (wanted: Wanted, recent: readonly string[] = [], of: Formula = formula) =>
  offeredBlocks(fittingFor(of, wanted), { formula: of, wanted, recent });
const names = (wanted: Wanted, recent: readonly string[] = []) =>
  offered(wanted, recent).flatMap(({ blocks }) => blocks.map(({ name }) => name));

describe('what a picker offers', () => {
  test('every likely block is in the catalogue', () => {
    expect(LIKELY_NAMES.filter((name) => !findBlock(name))).toEqual([]);
  });

  test('what is likely stands first: behind a condition an action, before one a comparison', () => {
    expect(names({ from: { from: idOf('up') } }).slice(0, 4)).toEqual(['and', 'or', 'not', 'buy']);
    expect(names({ from: { from: idOf('fastLine') } })[0]).toBe('gt');
    expect(names({ to: { node: idOf('buy'), port: 'when' } })[0]).toBe('crossover');
  });

  test('without a wire what was used lately stands first; then comes every other block, each once', () => {
    expect(names(null, ['rsi', 'gone', 'atr']).slice(0, 2)).toEqual(['rsi', 'atr']);
    const all = names(null, ['rsi']);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(fittingFor(formula, null).size);
  });

  test('on a wire stands what takes the wire and gives on what the port takes', () => {
    const found = names({ onto: { node: idOf('buy'), port: 'when' } });
    expect(found).toContain('not');
    expect(found).not.toContain('sma');
    expect(found).not.toContain('buy');
  });
});
