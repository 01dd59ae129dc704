import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { arbitraryFormula, SOME_FEEDS } from '../testing/arbitrary-formula.ts';
import { contentHash } from './hash.ts';
import { parse } from './parse.ts';
import { hashedCode, print } from './print.ts';

const formatted = (code: string): string => print(parse(code).formula);

describe('a statement that is too long for its line', () => {
  it('has an operand a line, with its operator before the operand, in brackets of its own', () => {
    const code = `enter = (
    crossover(ema(close, 12), ema(close, 26))
    and rsi(close, 14) < 70
    and volume > sma(volume, 20) * 1.5
    and (hour >= 9 or dayOfWeek == 1)
)
`;
    expect(formatted(code.replaceAll(/\n */g, ' '))).toBe(code);
  });

  it('is broken behind its arguments first, and within those that are too long even so', () => {
    const code = `buy(
    when: crossover(ema(close, 12), ema(close, 26))
        and crossover(macd(close, 12, 26, 9).macd, macd(close, 12, 26, 9).signal)
        and not (rsi(close, 14) > 70 or rsi(close, 14)[1] > 70),
    size: 25%,
    stop: where(
        close > sma(close, 200) and volume > sma(volume, 20) and hour >= 9,
        close - 3 * atr(14),
        close - (highest(high, 20) - lowest(low, 20)) / 2
    )
)
`;
    expect(formatted(code.replaceAll(/\n */g, ' '))).toBe(code);
  });

  it('shows by its lines what binds more tightly', () => {
    const code = `middle = (
    (highest(high, 20) + lowest(low, 20) + highest(high, 55) + lowest(low, 55)) / 4
    - atr(14) * 2.5
    + stddev(close, 20) * 3
)

before = -(
    highest(high, 20)
    + lowest(low, 20)
    + highest(high, 55)
    + lowest(low, 55)
    + highest(high, 89)
    + lowest(low, 89)
)[1]
`;
    expect(formatted(code.replaceAll(/\n */g, ' ').replace(' before', '\nbefore'))).toBe(code.replace('\n\n', '\n'));
  });

  it('is left on its line where nothing in it can be parted', () => {
    const name = 'a'.repeat(120);
    expect(formatted(`${name} = sma(close, 20)`)).toBe(`${name} = sma(\n    close,\n    20\n)\n`);
    expect(formatted(`${name} = close`)).toBe(`${name} = close\n`);
  });

  it('goes on on one line where it is nested too deeply to be set in any further', () => {
    const code = formatted(`x = ${'sma('.repeat(39)}close${', 20)'.repeat(39)}`);
    expect(code.length).toBeLessThan(3000);
    expect(formatted(code)).toBe(code);
  });

  it('means what it meant on one line', () => {
    fc.assert(
      fc.property(arbitraryFormula({ feeds: SOME_FEEDS }), (formula) => {
        const code = print(formula);
        const { formula: read, diagnostics } = parse(code);
        expect(diagnostics).toEqual([]);
        expect([print(read), hashedCode(read)]).toEqual([code, hashedCode(formula)]);
      }),
      { numRuns: 500 * SCALE },
    );
  });
});

describe('a content hash', () => {
  it('stays what it was when the code is broken into lines in another way', () => {
    // Of the code as it was printed when nothing but the arguments of a call was broken.
    const code = `enter = crossover(close, open) and rsi(close, 14) < 70 and close > sma(close, 200) and volume > sma(volume, 20) * 1.5
buy(when: enter and not (rsi(close, 14) > 70 or rsi(close, 14)[1] > 70), size: 25%, stop: close - 3 * atr(14), target: 10%)`;
    const hash = '627cdbc992002d65d40b6f7dc11d09c7c62cc52f2e53b648bf63635622277cd0';
    expect(contentHash(parse(code).formula)).toBe(hash);
    expect(contentHash(parse(formatted(code)).formula)).toBe(hash);
  });
});

describe('blank lines between statements', () => {
  const CODE =
    'a = sma(close, 3)\n\nb = sma(close, 5)\nc = a + b\n\nd = c * 2\n\nbuy(when: close > d)\n\nsell(when: close < d)\n';

  it('are kept, of several one, and those that code has by itself are there anyway', () => {
    expect(formatted(CODE)).toBe(CODE);
    expect(formatted(`\n\n${CODE.replaceAll('\n\n', '\n\n \n\n\n')}`)).toBe(CODE);
    expect(formatted('a = 1\nbuy(when: close > a)\n')).toBe('a = 1\n\nbuy(when: close > a)\n');
    expect(formatted('a = 1;\nb = 2;\n')).toBe('a = 1\nb = 2\n');
  });

  it('change neither the hash nor the lines of the code', () => {
    fc.assert(
      fc.property(arbitraryFormula({ feeds: SOME_FEEDS }), (formula) => {
        const plain = {
          ...formula,
          nodes: Object.fromEntries(
            Object.entries(formula.nodes).map(([id, { spaced: _blank, ...node }]) => [id, node]),
          ),
        };
        expect(contentHash(formula)).toBe(contentHash(plain));
        expect(print(plain).replaceAll('\n\n', '\n')).toBe(print(formula).replaceAll('\n\n', '\n'));
      }),
      { numRuns: 300 * SCALE },
    );
  });
});
