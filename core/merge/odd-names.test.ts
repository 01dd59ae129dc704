import { describe, expect, test } from 'vitest';
import { reportOn } from '#core/diff/report/report.ts';
import { toHtml } from '#core/diff/report/to-html.ts';
import { FORMULA_FORMAT, type Arg, type Formula } from '#core/formula/model/formula.ts';
import { merge } from './merge.ts';

const PORTS = ['constructor', 'toString', 'hasOwnProperty', '__proto__'];

const formulaOf = (id: string, args: readonly (readonly [string, Arg])[]): Formula => ({
  format: FORMULA_FORMAT,
  nodes: Object.fromEntries([
    [id, { block: 'close', name: id, args: {} }],
    ['mean', { block: 'sma', name: 'mean', args: Object.fromEntries([['source', { from: id }], ...args]) }],
  ]),
});

describe.each(PORTS)('an id and an argument called %s, as every object has', (name) => {
  test('are compared and merged like any other', () => {
    const [base, ours, theirs] = [formulaOf(name, []), formulaOf(name, [[name, 1]]), formulaOf(name, [['size', 2]])];
    expect(reportOn(base, ours).changes).toMatchObject([{ kind: 'changed', before: undefined, after: '1' }]);
    expect(reportOn(ours, base).changes).toMatchObject([{ kind: 'changed', before: '1', after: undefined }]);
    const merged = merge(base, ours, theirs);
    const { formula } = merged.take(new Set(merged.theirs.keys()));
    expect(Object.entries(formula.nodes['mean']?.args ?? {})).toEqual(
      expect.arrayContaining([
        [name, 1],
        ['size', 2],
      ]),
    );
    expect(Object.getPrototypeOf(formula.nodes['mean']?.args)).toBe(Object.prototype);
  });
});

test('a report as HTML is no program, whatever blocks, names, arguments, texts and comments are called', () => {
  const text = `</title></style></svg><script>alert(1)</script>"><img src=x onerror='alert(1)'>`;
  const formula = (end: string): Formula => ({
    format: FORMULA_FORMAT,
    epilogue: text,
    nodes: {
      a: { block: text, name: text + end, comment: text + end, args: { [text]: text + end } },
      b: { block: 'info', args: { note: text + end, when: { from: 'a', output: text } } },
    },
  });
  const html = toHtml(reportOn(formula('1'), formula('2')), text);
  expect(html).not.toMatch(/<script|<img/);
  expect(html.match(/<\/(title|style|svg)>/g)?.toSorted()).toEqual(
    html
      .match(/<(title|style|svg)[ >]/g)
      ?.map((tag) => `</${tag.slice(1, -1)}>`)
      .toSorted(),
  );
});
