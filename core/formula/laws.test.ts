import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { BLOCKS } from './blocks/catalogue.ts';
import { check } from './check/check.ts';
import { fromJson, fromJsonText, toJson } from './json/json.ts';
import { readText } from './json/read-text.ts';
import { contentHash } from './language/hash.ts';
import { lex } from './language/lexer.ts';
import { parse } from './language/parse.ts';
import { print } from './language/print.ts';
import { arbitraryFormula, SOME_FEEDS } from './testing/arbitrary-formula.ts';
import { canonical, inOtherIds } from './testing/canonical.ts';

const formulas = arbitraryFormula({ feeds: SOME_FEEDS });

describe('generated formulas', () => {
  test('use every block that there is', () => {
    const used = new Set(
      fc
        .sample(formulas, { numRuns: 3000, seed: 1 })
        .flatMap(({ nodes }) => Object.values(nodes).map(({ block }) => block)),
    );
    expect(BLOCKS.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });

  test('check without errors', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        expect(check(formula).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 1000 * SCALE },
    );
  });

  test('law 3: an action inside a value is a problem of the text, since it can not be printed there', () => {
    for (const code of [
      'sell(when: buy(when: close > 1))',
      'x = buy(when: close > 1)',
      'buy(when: not info(when: close > 1))',
    ]) {
      expect(parse(code).diagnostics.map((problem) => problem.code)).toEqual(['action-value']);
    }
  });
});

describe('law 1: code', () => {
  test('parse(print(f)) is f up to ids', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const parsed = parse(print(formula));
        expect(parsed.diagnostics).toEqual([]);
        expect(canonical(parsed.formula)).toEqual(canonical(formula));
      }),
      { numRuns: 2000 * SCALE },
    );
  });

  test('formatting is idempotent', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const code = print(formula);
        expect(print(parse(code).formula)).toBe(code);
      }),
      { numRuns: 1000 * SCALE },
    );
  });

  test('formatting forgives any layout of the same tokens', () => {
    fc.assert(
      fc.property(formulas, fc.array(fc.nat(3), { minLength: 1 }), (formula, choices) => {
        const code = print(formula);
        let [count, open] = [0, 0];
        const loose = lex(code).tokens.map(({ kind, text, start, end }) => {
          if (kind === 'newline') return open === 0 ? '\n' : '';
          if (kind === 'operator' && '(['.includes(text)) open += 1;
          if (kind === 'operator' && ')]'.includes(text)) open -= 1;
          const gap = ['', ' ', '\t', open > 0 ? '\n ' : ' '][choices[(count += 1) % choices.length] ?? 0] ?? '';
          return (
            code.slice(start, end) +
            (kind === 'operator' && '(),:[]*'.includes(text) ? gap : kind === 'comment' ? '' : ` ${gap}`)
          );
        });
        expect(print(parse(loose.join('').replaceAll(' %', '%')).formula)).toBe(code);
      }),
      { numRuns: 500 * SCALE },
    );
  });
});

describe('the three faces agree', () => {
  test('JSON out and in is the same formula', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        expect(fromJson(JSON.parse(toJson(formula)))).toEqual({ ok: true, value: formula });
        expect(fromJsonText(toJson(formula))).toMatchObject({ formula, diagnostics: [] });
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('either text of a formula reads as that formula', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        for (const text of [print(formula), toJson(formula)])
          expect(canonical(readText(text).formula)).toEqual(canonical(formula));
      }),
      { numRuns: 300 * SCALE },
    );
  });

  test('the content hash knows neither ids nor layout nor the order of arguments, and is the same through every face', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const hash = contentHash(formula);
        expect(contentHash(inOtherIds(formula))).toBe(hash);
        expect(contentHash(parse(print(formula)).formula)).toBe(hash);
        expect(contentHash(readText(toJson(formula)).formula)).toBe(hash);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('each face has the same problems', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const told = (face: typeof formula) =>
          check(face, { bars: 30 })
            .diagnostics.map(({ code, message }) => `${code} ${message}`)
            .sort();
        expect(told(parse(print(formula)).formula)).toEqual(told(formula));
        expect(told(inOtherIds(formula))).toEqual(told(formula));
      }),
      { numRuns: 500 * SCALE },
    );
  });
});
