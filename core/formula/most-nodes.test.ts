import { describe, expect, it } from 'vitest';
import { fromJsonText, LONGEST_JSON, toJson } from './json/json.ts';
import { parse } from './language/parse.ts';
import { LONGEST_CODE } from './language/read-statements.ts';
import { EMPTY_FORMULA, MOST_NODES, type Formula } from './model/formula.ts';

const codeOf = (nodes: number): string =>
  Array.from({ length: nodes }, (_, index) => `v${index} = ${index === 0 ? 'close' : `v${index - 1}`}`).join('\n');
const formulaOf = (nodes: number): Formula => ({
  ...EMPTY_FORMULA,
  nodes: Object.fromEntries(Array.from({ length: nodes }, (_, index) => [`n${index}`, { block: 'atr', args: {} }])),
});
const sizeOf = ({ formula }: { readonly formula: Formula }): number => Object.keys(formula.nodes).length;

describe('a formula', () => {
  it('of as many nodes as are allowed is read, and of one more is refused in words, in code and in JSON', () => {
    const most = sizeOf(parse(codeOf(MOST_NODES - 2)));
    expect(most).toBeLessThanOrEqual(MOST_NODES);
    expect(most).toBeGreaterThan(MOST_NODES - 3);
    const tooMany = parse(codeOf(MOST_NODES + 2));
    expect([
      sizeOf(tooMany),
      tooMany.diagnostics.map(({ code, message }) => [code, message.includes('5,000')]),
    ]).toEqual([0, [['too-large', true]]]);
    expect(sizeOf(fromJsonText(toJson(formulaOf(MOST_NODES))))).toBe(MOST_NODES);
    const refused = fromJsonText(toJson(formulaOf(MOST_NODES + 1)));
    expect([sizeOf(refused), refused.diagnostics[0]?.message]).toEqual([0, expect.stringContaining('5,000')]);
  });

  it('that is longer than allowed is not read at all', () => {
    expect(parse('#'.repeat(LONGEST_CODE + 1)).diagnostics).toMatchObject([{ severity: 'error' }]);
    expect(fromJsonText(' '.repeat(LONGEST_JSON + 1)).diagnostics).toMatchObject([{ severity: 'error' }]);
  });
});
