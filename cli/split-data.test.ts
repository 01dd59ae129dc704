import { describe, expect, test } from 'vitest';
import { splitData } from './split-data.ts';

const split = (option: string, ...files: string[]) => splitData(option, (path) => files.includes(path));

describe('--data', () => {
  test.each([
    ['bars.csv', undefined, 'bars.csv'],
    ['BTC=bars.csv', 'BTC', 'bars.csv'],
    ['BTC/USD=bars.csv', 'BTC/USD', 'bars.csv'],
    ['^GSPC=tf=1d/bars.csv', '^GSPC', 'tf=1d/bars.csv'],
    ['./tf=1d/bars.csv', undefined, './tf=1d/bars.csv'],
    ['../tf=1d/bars.csv', undefined, '../tf=1d/bars.csv'],
    ['/data/tf=1d/bars.csv', undefined, '/data/tf=1d/bars.csv'],
    ['BTC=./tf=1d/bars.csv', 'BTC', './tf=1d/bars.csv'],
    ['my bars=1.csv', undefined, 'my bars=1.csv'],
  ])('%s without a look at the files', (option, symbol, path) => expect(split(option)).toEqual({ symbol, path }));

  test('is a path where that file exists, and a symbol where it does not', () => {
    expect(split('symbol=BTC/tf=1d/bars.csv', 'symbol=BTC/tf=1d/bars.csv')).toEqual({
      symbol: undefined,
      path: 'symbol=BTC/tf=1d/bars.csv',
    });
    expect(split('symbol=BTC/tf=1d/bars.csv', 'BTC/tf=1d/bars.csv')).toEqual({
      symbol: 'symbol',
      path: 'BTC/tf=1d/bars.csv',
    });
  });

  test('is refused where it may mean either', () => {
    expect(() => split('BTC=bars.csv', 'BTC=bars.csv', 'bars.csv')).toThrow('Write ./BTC=bars.csv, or BTC=./bars.csv.');
    expect(() => split('')).toThrow('SYMBOL=FILE');
  });
});
