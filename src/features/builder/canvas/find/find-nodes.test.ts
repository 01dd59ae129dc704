import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { placeMissing } from '#features/graph/index.ts';
import { findNodes } from './find-nodes.ts';

const { formula } = parse(
  '# The slower one\nslowLine = ema(close, 40)\nfastLine = sma(close, 14)\nup = crossover(fastLine, slowLine)\nbuy(when: up, stop: 5%)\n',
);
const found = (query: string) =>
  findNodes(formula, placeMissing(formula), query).map((id) => formula.nodes[id]?.name ?? formula.nodes[id]?.block);

test('nodes are found by name, block, title, value and comment, every word of the query', () => {
  expect(found('slowLine')).toEqual(['slowLine']);
  expect(found('line').toSorted()).toEqual(['fastLine', 'slowLine']);
  expect(found('exponential')).toEqual(['slowLine']);
  expect(found('slower one')).toEqual(['slowLine']);
  expect(found('5%')).toEqual(['buy']);
  expect(found('line sma')).toEqual(['fastLine']);
  expect(found('nothing of this')).toEqual([]);
  expect(found('  ')).toEqual([]);
});

test('a number is a value or its beginning, and signs of a pattern are signs', () => {
  expect(found('40')).toEqual(['slowLine']);
  expect(found('4')).toEqual(['slowLine']);
  expect(found('.*')).toEqual([]);
});

test('in the order in which they stand', () => {
  expect(found('o')[0]).toBe('close');
});
