import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { byWords } from './code-rows.ts';
import { reportOn } from './report.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';

const BEFORE = `# follows the trend
input fast = 10
line = sma(close, fast)
strength = rsi(close, 14)
buy(when: close > line and strength > 50, size: 50%)
sell(when: close < line)
`;
const AFTER = BEFORE.replace('fast = 10', 'fast = 12')
  .replace('strength = rsi(close, 14)\n', '')
  .replace(' and strength > 50', '')
  .replace('sell(', 'power = mfi(14)\nsell(');

const report = (before: string, after: string) => reportOn(parse(before).formula, parse(after).formula);

test('rows are the statements of both, what is gone where it stood, a comment that stays by itself', () => {
  expect(report(BEFORE, AFTER).rows.map(({ id: _id, ...row }) => row)).toEqual([
    { kind: 'same', text: '# follows the trend' },
    { kind: 'changed', before: 'input fast = 10', after: 'input fast = 12' },
    { kind: 'same', text: 'line = sma(close, fast)' },
    { kind: 'removed', before: 'strength = rsi(close, 14)' },
    {
      kind: 'changed',
      before: 'buy(when: close > line and strength > 50, size: 50%)',
      after: 'buy(when: close > line, size: 50%)',
    },
    { kind: 'added', after: 'power = mfi(14)' },
    { kind: 'same', text: 'sell(when: close < line)' },
  ]);
});

test('a function is written once, whatever has changed in it', () => {
  const code = 'fn twice(x) = x * 2\nbuy(when: twice(close) > 1)\n';
  expect(report(code, code.replace('x * 2', 'x * 3')).rows.map(({ kind }) => kind)).toEqual(['changed', 'same']);
  expect(report('buy(when: close > 1)\n', code).rows.map(({ kind }) => kind)).toEqual(['added', 'changed']);
});

test('Markdown says what changed by effect, then the code', () => {
  expect(toMarkdown(report(BEFORE, AFTER), 'a → b')).toBe(`### a → b

**Entries**

- strength removed
- buy: when close \\> line and strength \\> 50 → close \\> line

**Inputs**

- fast 10 → 12

**Other**

- power = mfi(14) added

\`\`\`diff
 # follows the trend
-input fast = 10
+input fast = 12
 line = sma(close, fast)
-strength = rsi(close, 14)
-buy(when: close > line and strength > 50, size: 50%)
+buy(when: close > line, size: 50%)
+power = mfi(14)
 sell(when: close < line)
\`\`\`
`);
  expect(toMarkdown(report(BEFORE, BEFORE), 'a')).toBe('### a\n\nNo changes.\n');
  expect(toMarkdown(report(BEFORE, BEFORE.replaceAll('line', 'trend')), 'a')).toContain('Both do the same on all bars');
});

test('words that differ are marked', () => {
  expect(byWords('a = sma(close, 10)', 'a = sma(open, 10)')).toEqual([
    [
      { text: 'a = sma(', isOwn: false },
      { text: 'close', isOwn: true },
      { text: ', 10)', isOwn: false },
    ],
    [
      { text: 'a = sma(', isOwn: false },
      { text: 'open', isOwn: true },
      { text: ', 10)', isOwn: false },
    ],
  ]);
});

test('HTML takes no text for markup, whatever names and notes are', () => {
  const html = toHtml(
    report(BEFORE, `${BEFORE}info(when: close > 1, note: "<script>alert(1)</script> & \\"quotes\\"")\n`),
    '<b>',
  );
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('any two formulas give a report: words join to what they were of, HTML closes what it opens', () => {
  const formulas = arbitraryFormula();
  fc.assert(
    fc.property(formulas, formulas, (a, b) => {
      const found = reportOn(a, b);
      expect(found.groups.flatMap(({ changes }) => changes).length).toBe(found.changes.length);
      for (const row of found.rows)
        if (row.kind === 'changed')
          expect(byWords(row.before, row.after).map((side) => side.map(({ text }) => text).join(''))).toEqual([
            row.before,
            row.after,
          ]);
      const html = toHtml(found, 'any');
      for (const tag of ['div', 'ul', 'li', 'mark', 'g', 'text', 'title', 'svg'])
        expect(html.split(`</${tag}>`).length).toBe(html.split(new RegExp(`<${tag}[ >]`)).length);
      expect(html).not.toMatch(/NaN|Infinity|undefined/);
    }),
    { numRuns: Math.round(60 * SCALE) },
  );
});
