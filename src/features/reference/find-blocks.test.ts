import { describe, expect, test } from 'vitest';
import { BLOCKS } from '#core/formula/catalogue.ts';
import { findBlocks } from './find-blocks.ts';

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
