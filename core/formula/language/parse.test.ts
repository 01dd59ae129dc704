import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { checkText } from '../check/check-text.ts';
import type { Span, TextChange } from '../model/diagnostic.ts';
import { arbitraryFormula } from '../testing/arbitrary-formula.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

const messages = (code: string) =>
  parse(code).diagnostics.map(({ message, span }) => `${span?.line}:${span?.column} ${message}`);
const told = (code: string) => checkText(code).diagnostics.map(({ code: kind, span }) => `${span?.line} ${kind}`);

/** The code after the first repair that is offered. */
function repaired(code: string): string {
  const change = parse(code).diagnostics.find(({ fix }) => fix?.change)?.fix?.change;
  return change ? code.slice(0, change.start) + change.insert + code.slice(change.end) : code;
}

describe('reading', () => {
  test('names are known wherever they are defined, and prices are one node', () => {
    const { formula } = parse('buy(when: up)\nup = close > open or close > mean\nmean = sma(close, 20)');
    expect(Object.values(formula.nodes).filter(({ block }) => block === 'close')).toHaveLength(1);
    expect(print(formula)).toBe('buy(when: up)\n\nup = close > open or close > mean\nmean = sma(close, 20)\n');
  });

  test('operators bind as they do everywhere, and brackets are kept only where they matter', () => {
    const shapes: readonly (readonly [string, string])[] = [
      ['x = (1 + 2) * 3', 'x = (1 + 2) * 3'],
      ['x = 1 + (2 * 3)', 'x = 1 + 2 * 3'],
      ['x = (1 - 2) - 3', 'x = 1 - 2 - 3'],
      ['x = 1 - (2 - 3)', 'x = 1 - (2 - 3)'],
      ['x = 2 ^ (3 ^ 4)', 'x = 2 ^ 3 ^ 4'],
      ['x = (2 ^ 3) ^ 4', 'x = (2 ^ 3) ^ 4'],
      ['x = -2 ^ 2', 'x = -2 ^ 2'],
      ['x = (-2) ^ 2', 'x = (-2) ^ 2'],
      ['x = 2 ^ -1', 'x = 2 ^ -1'],
      ['x = -(5)', 'x = -(5)'],
      ['x = not (close > 1)', 'x = not close > 1'],
      ['x = (not true) == false', 'x = (not true) == false'],
      ['x = true or (false and true)', 'x = true or false and true'],
      ['x = (true or false) and true', 'x = (true or false) and true'],
      ['x = (close + open)[2]', 'x = (close + open)[2]'],
      ['x = -close[1]', 'x = -close[1]'],
      ['x = (-close)[1]', 'x = (-close)[1]'],
      ['x = bbands(close).upper[1]', 'x = bbands(close).upper[1]'],
      ['input lag = 2\nx = close[lag + 1]', 'input lag = 2\n\nx = close[lag + 1]'],
      ['x = past(close, 3)', 'x = close[3]'],
      ['x = past(close)', 'x = past(close)'],
      ['x = 050.0%', 'x = 50%'],
      ['x = -0', 'x = 0'],
      ['x = .5', 'x = 0.5'],
    ];
    for (const [code, printed] of shapes) expect(print(parse(code).formula)).toBe(`${printed}\n`);
  });

  test('a long call is broken after its arguments', () => {
    const code = print(
      parse(`buy(when: close > open, size: 50%, stop: close - 3 * atr(14), target: 10%, note: "${'x'.repeat(50)}")`)
        .formula,
    );
    expect(code).toMatch(/^buy\(\n {4}when: close > open,\n {4}size: 50%,\n/);
    expect(print(parse(code).formula)).toBe(code);
  });

  test('numbers too large for a float are refused, not read as something else', () => {
    expect(messages('x = 1e999')).toEqual(['1:5 This number is too large.']);
  });

  test('a word of every object is no operator and no name', () => {
    for (const word of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(messages(`x = close ${word} 3`)).toHaveLength(1);
      expect(parse(`${word} = 1\nbuy(when: close > ${word})`).diagnostics).toEqual([]);
    }
  });
});

describe('comments', () => {
  test('belong to the statement below, to the one they stand behind or within, or to the end', () => {
    const code = '# above\na = 1 # behind\nb = sma( # of what\n  close, # how long\n  20\n)\n# the end';
    const { formula } = parse(code);
    expect(
      Object.values(formula.nodes).flatMap(({ name, comment }) => (name === undefined ? [] : [[name, comment]])),
    ).toEqual([
      ['a', 'above\nbehind'],
      ['b', 'of what\nhow long'],
    ]);
    expect(formula.epilogue).toBe('the end');
  });

  test('are all kept, wherever they stand', () => {
    fc.assert(
      fc.property(arbitraryFormula(), fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (formula, places) => {
        const bare = print(parse(print(formula).replace(/^#.*$/gm, '')).formula);
        const lines = bare.split('\n');
        let count = 0;
        for (const place of places) {
          const line = place % lines.length;
          // Not within a text that goes on.
          lines[line] =
            place % 2 === 0 ? `# note ${(count += 1)}\n${lines[line]}` : `${lines[line]} # note ${(count += 1)}`;
        }
        const notes = (code: string) => [...code.matchAll(/# note \d+/g)].map(([note]) => note).sort();
        const { formula: read, diagnostics } = parse(lines.join('\n'));
        expect(diagnostics).toEqual([]);
        expect(notes(print(read))).toEqual(notes(lines.join('\n')));
        expect(
          print(read)
            .replace(/^#.*\n/gm, '')
            .replace(/\n+/g, '\n'),
        ).toBe(bare.replace(/\n+/g, '\n'));
      }),
      { numRuns: 300 * SCALE },
    );
  });
});

describe('after a problem', () => {
  test('reading goes on at the next statement, and all problems are told', () => {
    expect(messages('a = smaa(close, 3)\nb = close +\nc == 3\nbuy(when: close > d)\nsell(whem: true)')).toEqual([
      '1:5 There is no function `smaa`. Did you mean `sma`?',
      "2:12 A value is missing: the end of the line can't stand here.",
      '3:1 This is not a statement. Did you mean `c = …`?',
      '4:19 There is no `d` here.',
      '5:6 `sell` has no argument `whem`, but `when`, `note`. Did you mean `when`?',
    ]);
  });

  test('a function that could not be read is not missed where it is called', () => {
    expect(messages('fn f(x = close) = x\na = f(open)\nbuy(when: a > f(high))')).toEqual([
      '1:10 A plain value belongs here (10, 50%, "sma", true), not `close`.',
    ]);
  });

  test('a bracket that is not closed ends with its statement', () => {
    const code = 'a = sma(close, 20\nb = ema(close, 9)\nbuy(\n  when: close > a\n\ninfo(when: close > b)\n';
    expect(parse(code).diagnostics.map(({ code: kind, span }) => [kind, span?.line])).toEqual([
      ['bracket', 1],
      ['bracket', 3],
    ]);
  });

  test('a slip within brackets is one problem', () => {
    expect(messages('buy(\n  when: close > @,\n  size: 50%\n)\nsell(when: true)')).toHaveLength(1);
  });

  test('names of statements that can not be read are not unknown', () => {
    expect(told('a = sma(close,\nbuy(when: close > a)')).toEqual(['1 expression']);
    expect(told('input a = \nbuy(when: close > a and b > 3)')).toEqual(['1 expression', '2 unknown-name']);
  });

  test('what could be read is checked, without what only follows from the rest', () => {
    // `size` can't be read, the period is wrong, `used` is used in what can't be read, `idle` nowhere.
    expect(
      told('used = close\nidle = open\nmean = sma(close, 0)\nbuy(when: close > mean, size: wrong)\nsell(when: used >)'),
    ).toEqual(['2 unused', '3 range', '4 unknown-name', '5 expression']);
    expect(told('x = smaa(close)\ny = rsi(x, 14)\nbuy(when: y > 120)')).toEqual([
      '1 unknown-function',
      '3 never-acts',
      '3 never',
    ]);
  });

  test('problems are bounded, and so is what is read', () => {
    expect(parse('x = @\n'.repeat(100_000)).diagnostics).toHaveLength(200);
    expect(parse('!'.repeat(500_000)).diagnostics.length).toBeLessThanOrEqual(401);
    expect(messages('x'.repeat(1_000_001))).toEqual([
      '1:1 This is 1,000,001 characters long; a formula may have 1,000,000.',
    ]);
    expect(messages('a = 1\n'.repeat(20_001))[0]).toContain('This makes 20,001 nodes');
  });
});

describe('repairs of the text', () => {
  test.each([
    ['a = sma(close, 3', 'a = sma(close, 3)'],
    ['a = (1 + 2\nb = 3', 'a = (1 + 2)\nb = 3'],
    ['a = 1)', 'a = 1'],
    ['a = clsoe', 'a = close'],
    ['a = sam(close, 3)', 'a = sma(close, 3)'],
    ['a = atr', 'a = atr()'],
    ['a = close()', 'a = close'],
    ['a = bbands(close).uper', 'a = bbands(close).upper'],
    ['a = sma(close, timePerod: 3)', 'a = sma(close, timePeriod: 3)'],
    ['a = sma(close, timePeriod = 3)', 'a = sma(close, timePeriod: 3)'],
    ['a = 1 < close < 3', 'a = 1 < close and close < 3'],
    ["a = stoch(slowKMaType: 'ema')", 'a = stoch(slowKMaType: "ema")'],
    ['a = true && false', 'a = true and false'],
    ['a = true || false', 'a = true or false'],
    ['a = !true', 'a = not true'],
    ['a = 2 ** 3', 'a = 2 ^ 3'],
    ['a := 3', 'a = 3'],
    ['a == 3', 'a = 3'],
    ['by(when: close > open)', 'buy(when: close > open)'],
    ['imput fast = 3', 'input fast = 3'],
    ['a = close <> open', 'a = close != open'],
    ['a = close ≥ open', 'a = close >= open'],
    ['a = 3;', 'a = 3'],
    ['a = 3; b = 4', 'a = 3\n b = 4'],
    ['// why\na = 3', '# why\na = 3'],
  ])('%s', (code, wanted) => {
    expect(repaired(code)).toBe(wanted);
    expect(parse(wanted).diagnostics).toEqual([]);
  });

  test('other slips are named for what they are', () => {
    expect(messages('größe = 3')[0]).toContain('names have letters a–z');
    expect(messages('a = "open')[0]).toContain('text without its closing quote');
    expect(messages('a = close % 3')[0]).toContain('mod(a, b)');
    expect(messages('buy')[0]).toContain('buy(when: …)');
    expect(messages('and = 3')[0]).toContain('a word of the language');
    expect(messages('sma(close, 3)')[0]).toContain('Give the value a name');
    expect(messages('a = rsi + 1')[0]).toContain('It is a function: write `rsi(…)`');
  });

  /** One slip of the hand in good code. */
  const SLIPS: Readonly<Record<string, (code: string, at: number) => string>> = {
    'a letter swapped in a function': (code, at) =>
      replaceAt(code, /\b([a-z])([a-z])(\w{2,}\()/g, at, (_all, a, b, rest) => `${b}${a}${rest}`),
    'a bracket less at the end of a line': (code, at) => replaceAt(code, /\)$/gm, at, () => ''),
    'a bracket too many': (code, at) => replaceAt(code, /$/gm, at, () => ')'),
    'and as &&': (code, at) => replaceAt(code, / and /g, at, () => ' && '),
    'not as !': (code, at) => replaceAt(code, /\bnot /g, at, () => '!'),
    'an equals sign for a colon': (code, at) => replaceAt(code, /(\w): /g, at, (_all, word) => `${word} = `),
    'a semicolon': (code, at) => replaceAt(code, /$/gm, at, () => ';'),
  };

  test.each(Object.entries(SLIPS))('of %s bring no new problems, and take away the one', (_name, slip) => {
    fc.assert(
      fc.property(arbitraryFormula(), fc.nat(), (formula, at) => {
        const code = slip(print(formula), at);
        const problems = parse(code).diagnostics;
        for (const { fix } of problems) {
          if (!fix?.change) continue;
          const { start, end, insert } = fix.change;
          const after = parse(code.slice(0, start) + insert + code.slice(end)).diagnostics;
          // In the ruins of a call that was closed on its first line, a fix may bring to light what else is wrong with
          // its line.
          expect(after.length).toBeLessThanOrEqual(problems.length === 1 ? 0 : problems.length);
        }
      }),
      { numRuns: 150 * SCALE },
    );
  });
});

function replaceAt(code: string, pattern: RegExp, at: number, replace: (...groups: string[]) => string): string {
  const found = [...code.matchAll(pattern)].filter(
    ({ index }) => !/["#]/.test(code.slice(code.lastIndexOf('\n', index - 1) + 1, index)),
  );
  const match = found[at % Math.max(1, found.length)];
  return match
    ? code.slice(0, match.index) + replace(...match.map(String)) + code.slice(match.index + match[0].length)
    : code;
}

describe('reading never throws', () => {
  const pieces = fc.constantFrom(
    'x',
    ' = ',
    '(',
    ')',
    '[',
    ']',
    '1',
    '.',
    '..',
    '%',
    '"',
    "'",
    '#',
    '\n',
    ',',
    ':',
    'not ',
    'and ',
    '-',
    '^',
    'buy(',
    'input ',
    'in ',
    'of ',
    'step ',
    'close',
    '_',
    'na',
    '\u{1F600}',
    'é',
    '\ud800',
    '&&',
    '//',
    ';',
    '\r',
    '\\',
    'constructor',
    '1e400',
    'sma(close, 3)',
  );

  test('on any text, and its problems lie inside it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }), (parts) => {
        const code = parts.join('');
        const { diagnostics, formula } = checkText(code);
        for (const { span, fix } of diagnostics) expect(isWithin(code, span, fix?.change)).toBe(true);
        const printed = print(formula);
        if (parse(code).diagnostics.length === 0) expect(print(parse(printed).formula)).toBe(printed);
      }),
      { numRuns: 3000 * SCALE },
    );
  });
});

function isWithin(code: string, span: Span | undefined, change: TextChange | undefined): boolean {
  const ranges = [span, change].filter((range) => range !== undefined);
  return (
    ranges.every(({ start, end }) => start >= 0 && start <= end && end <= code.length) &&
    (!span || code.slice(0, span.start).split('\n').length === span.line)
  );
}
