import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { sentencesOf } from './node-sentence.ts';
import { titlesOf } from './node-title.ts';

const said = (code: string): readonly string[] => {
  const { formula } = parse(code);
  const sentenceOf = sentencesOf(formula, titlesOf(formula));
  return Object.entries(formula.nodes).map(([id, node]) => {
    const { what, readBy } = sentenceOf(id, node);
    return [what, readBy].filter((part) => part !== '').join('; ');
  });
};

test('a node is said as a sentence: what it is, of what, with which settings, and who reads it', () => {
  const all = said(`input fast = 10 in 5..50
fastLine = sma(close, fast)
slowLine = ema(close, 40)
up = crossover(fastLine, slowLine)

buy(when: up, stop: 5%)
`);
  expect(all).toContainEqual(
    expect.stringMatching(/^slowLine, exponential moving average of Close over 40; read by up$/i),
  );
  expect(all).toContainEqual(expect.stringMatching(/^fastLine, simple moving average of .*Close.*fast; read by up$/i));
  expect(all).toContainEqual(expect.stringMatching(/^buy when up stop 5%$/i));
  expect(all).toContainEqual(expect.stringMatching(/^fast, input value 10, min 5, max 50; read by fastLine$/i));
});

test('an operator is said by its expression, and many readers are counted', () => {
  const all = said(`a = close > 1\nb = a and true\nc = a or true\nd = not a\ne = a == true\nbuy(when: a)`);
  expect(all.find((text) => text.startsWith('a, close > 1'))).toMatch(/read by b, c, d and 2 more$/);
});

test('every node has a name to a screen reader, and no id of the document is in it', () => {
  fc.assert(
    fc.property(arbitraryFormula({ maxStatements: 8 }), (formula) => {
      const sentenceOf = sentencesOf(formula, titlesOf(formula));
      for (const [id, node] of Object.entries(formula.nodes)) expect(sentenceOf(id, node).what.trim()).not.toBe('');
    }),
  );
});
