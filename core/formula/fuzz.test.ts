import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCKS } from './blocks/catalogue.ts';
import { applyEdits, editsBetween } from './change/apply-edits.ts';
import { reconcile } from './change/reconcile.ts';
import { checkText } from './check/check-text.ts';
import { check } from './check/check.ts';
import { fromJson, fromJsonText, toJson } from './json/json.ts';
import { parse } from './language/parse.ts';
import { print } from './language/print.ts';
import { EMPTY_FORMULA, type Arg, type Formula, type FormulaNode } from './model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from './testing/arbitrary-formula.ts';
import { mutate, seededRandom } from './testing/mutate.ts';

/** `npm run test:fuzz` sets how long each of these runs, and may set the seed. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] || 1);
const SEED = Number(process.env['FUZZ_SEED'] || Math.floor(Math.random() * 2 ** 31));
const PATIENCE = 5_000;

const CORPUS: readonly string[] = [
  `# Golden cross, with the trend of the day and a volatility stop
input fast = 10 in 2..50
input slow = 20 in 5..200 step 5
input maType = "sma" of "sma", "ema"
fastLine = sma(close, fast)
slowLine = sma(close, slow)
daily    = feed(timeframe: "1d")
upTrend  = daily.close > ema(daily.close, 200)
bands    = bbands(close, 20, 2, 2)
enter = crossover(fastLine, slowLine) and upTrend
buy(when: enter, size: 50%, stop: close - 3 * atr(14), target: 10%)
sell(when: crossunder(fastLine, slowLine) or close > bands.upper)
info(when: rsi(close, 14) > 80, note: "overbought")
`,
  'x = -(close[1] ^ 2 ^ -1) * (1 - (2 - 3)) / mod(barIndex, 5)\nlag = past(close)\nbuy(\n  when: not (x > 1 and lag[3] < 2) or between(x, 1, 2), # why\n  size: risk(1%)\n)\n# the end',
  ...fc
    .sample(arbitraryFormula({ feeds: SOME_FEEDS }), { numRuns: 30, seed: 7 })
    .flatMap((formula) => [print(formula), toJson(formula)]),
];

/**
 * Runs `attempt` on one mutated text after the other until the time is up, and names the seed and the text that it
 * fails on.
 */
function attack(attempt: (text: string) => void): number {
  const random = seededRandom(SEED);
  const end = performance.now() + SECONDS * 1000;
  let count = 0;
  for (; performance.now() < end || count === 0; count += 1) {
    const text = mutate(CORPUS[Math.floor(random() * CORPUS.length)] ?? '', random);
    const begin = performance.now();
    try {
      attempt(text);
      if (performance.now() - begin > PATIENCE) throw new Error(`It took ${Math.round(performance.now() - begin)} ms.`);
    } catch (error) {
      throw new Error(`FUZZ_SEED=${SEED}, text ${count}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
  return count;
}

const timeout = SECONDS * 1000 + 60_000;

describe(`mutated texts, seed ${SEED}`, () => {
  test('are read, checked and formatted, whatever they are', { timeout }, () => {
    attack((text) => {
      const { diagnostics, formula, language } = checkText(text, { bars: 50 });
      for (const { span } of diagnostics)
        if (span) expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
      if (language === 'code' && parse(text).diagnostics.length === 0) {
        const code = print(formula);
        const again = parse(code);
        expect(again.diagnostics).toEqual([]);
        expect(print(again.formula)).toBe(code);
        expect(
          editsBetween(
            formula,
            reconcile(formula, again.formula, () => 'fresh'),
          ),
        ).toEqual([]);
      }
    });
  });

  test('are JSON exactly when JSON.parse says so, but for keys given twice', { timeout }, () => {
    attack((text) => {
      const { diagnostics, formula } = fromJsonText(text);
      const refusal = diagnostics.find(({ message }) => message.startsWith('This is no JSON'))?.message;
      if (refusal?.includes('given twice') || refusal?.includes('nested') || refusal?.includes('too large')) return;
      let parsed: unknown;
      try {
        parsed = JSON.parse(text.replace(/^\uFEFF+/, ''));
      } catch {
        expect(refusal).toBeDefined();
        return;
      }
      expect(refusal).toBeUndefined();
      const read = fromJson(parsed);
      expect(read.ok ? read.value : null).toEqual(diagnostics.length === 0 ? formula : null);
    });
  });
});

describe('graphs of anything', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', 'constructor', 'n/1', '');
  const arg: fc.Arbitrary<Arg> = fc.oneof(
    fc.double(),
    fc.integer({ min: -3, max: 300 }),
    fc.boolean(),
    fc.constant(null),
    fc.string(),
    fc.constantFrom('50%', 'sma', '1d'),
    fc.array(fc.oneof(fc.integer(), fc.string()), { maxLength: 3 }),
    fc.record({ from: id, output: fc.constantFrom('value', 'upper', 'close', 'toString') }, { requiredKeys: ['from'] }),
  );
  const ports = [
    ...new Set(BLOCKS.flatMap(({ inputs }) => inputs.map(({ name }) => name))),
    '__proto__',
    'constructor',
    'x/y',
  ];
  const node: fc.Arbitrary<FormulaNode> = fc.record(
    {
      block: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...BLOCKS.map(({ name }) => name)) },
        { weight: 1, arbitrary: fc.constantFrom('', 'nothing', '__proto__', 'a b') },
      ),
      name: fc.constantFrom('x', 'y', 'close', 'and', '', '9', 'toString'),
      comment: fc.string(),
      args: fc.dictionary(fc.constantFrom(...ports), arg, { maxKeys: 4, noNullPrototype: true }),
    },
    { requiredKeys: ['block', 'args'] },
  );
  const formulas: fc.Arbitrary<Formula> = fc
    .array(fc.tuple(id, node), { maxLength: 8 })
    .map((entries) => ({ ...EMPTY_FORMULA, nodes: Object.fromEntries(entries) }));

  test('are checked, printed, compared and edited without an error', { timeout }, () => {
    fc.assert(
      fc.property(formulas, formulas, (a, b) => {
        check(a, { bars: 10 });
        const parsed = parse(print(a));
        reconcile(b, parsed.formula, () => 'fresh');
        expect(Object.keys(applyEdits(a, editsBetween(a, b)).nodes).sort()).toEqual(Object.keys(b.nodes).sort());
        fromJsonText(toJson(a));
      }),
      { numRuns: 500 * SECONDS },
    );
  });
});
