import { describe, expect, test } from 'vitest';
import { BLOCKS } from '../blocks/catalogue.ts';
import { findBlocks } from './find-blocks.ts';
import { symbolOf } from './symbol-of.ts';
import { SYNONYMS } from './synonyms.ts';

const names = (query: string) => findBlocks(query).map(({ name }) => name);

describe('finding blocks', () => {
  test('without a query gives all of them, by group', () => {
    expect(names('  ').toSorted()).toEqual(BLOCKS.map(({ name }) => name).toSorted());
    expect(findBlocks('')[0]?.group).toBe('actions');
  });

  test('puts a name before a title before a mention', () => {
    expect(names('rsi')[0]).toBe('rsi');
    expect(names('macd')[0]).toBe('macd');
    expect(names('cross').slice(0, 3)).toEqual(['cross', 'crossover', 'crossunder']);
    expect(names('bollinger')[0]).toBe('bbands');
  });

  test('knows operators by their signs', () => {
    expect(names('>=')[0]).toBe('gte');
    expect(names('+')[0]).toBe('add');
  });

  test('wants every word, in any order and case', () => {
    expect(names('STRENGTH relative')).toContain('rsi');
    expect(names('rsi bollinger')).toEqual([]);
  });
});

describe('the first that is found, which Enter adds', () => {
  test.each([
    ['less', 'lt'],
    ['and', 'and'],
    ['close', 'close'],
    ['add', 'add'],
    ['min', 'min'],
    ['sma', 'sma'],
    ['greater', 'gt'],
    ['or', 'or'],
    ['not', 'not'],
    ['max', 'max'],
    ['<', 'lt'],
    ['>', 'gt'],
    ['<=', 'lte'],
    ['>=', 'gte'],
    ['==', 'eq'],
    ['!=', 'neq'],
    ['+', 'add'],
    ['*', 'mul'],
    ['/', 'div'],
    ['&&', 'and'],
    ['stop loss', 'buy'],
    ['exit', 'sell'],
    ['parameter', 'input'],
    ['constant', 'value'],
    ['if', 'where'],
    ['bollinger', 'bbands'],
    ['crosses above', 'crossover'],
  ])('%s is %s', (query, name) => expect(names(query)[0]).toBe(name));

  test('each block is found by its name, its sign and its title', () => {
    for (const block of BLOCKS) {
      for (const query of [block.name, symbolOf(block)])
        expect(
          findBlocks(query).some(({ name }, index) => name === block.name && index < 2),
          query,
        ).toBe(true);
      expect(names(block.title).slice(0, 3), block.title).toContain(block.name);
    }
  });

  test('a word within another word is no mention', () => {
    expect(names('less').length).toBeLessThan(20);
    expect(names('ease')).toEqual([]);
  });

  test('every synonym is of a block, and finds it', () => {
    for (const [name, synonyms] of Object.entries(SYNONYMS))
      for (const synonym of synonyms) expect(names(synonym), synonym).toContain(name);
  });
});
