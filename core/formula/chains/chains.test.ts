import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../change/apply-edits.ts';
import { check } from '../check/check.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import type { Edit } from '../model/edit.ts';
import type { Formula, NodeId } from '../model/formula.ts';
import { throughChains } from './chain-edits.ts';
import { chainPort, chainsOf, FREE_PORT, ownersOf, rootsOf, withMembers } from './chain.ts';

const SIGNS = ['and', 'or', '+', '*', 'min', 'max'] as const;
const PRICES = ['open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3'];

/** Code of many sides, as people write it. */
function written(sign: string, sides: readonly string[]): string {
  const [first = '', ...rest] = sides;
  return rest.reduce((left, side) => (/m/.test(sign) ? `${sign}(${left}, ${side})` : `${left} ${sign} ${side}`), first);
}

const sidesFor = (sign: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    sign === 'and' || sign === 'or' ? `c${index}` : (PRICES[index % PRICES.length] ?? 'close'),
  );

const conditions = Array.from({ length: 12 }, (_, index) => `c${index} = close > ${index}`).join('\n');
const formulaOf = (line: string): Formula => parse(`${conditions}\n${line}\n`).formula;
const idOf = ({ nodes }: Formula, name: string): NodeId =>
  Object.entries(nodes).find(([, node]) => node.name === name)?.[0] ?? '';
const lineOf = (formula: Formula): string | undefined => /^x = (.*)$/m.exec(print(formula))?.[1];

let count = 0;
const newId = (): NodeId => `new${(count += 1)}`;
const edited = (formula: Formula, ...edits: Edit[]): Formula =>
  applyEdits(formula, throughChains(formula, edits, { newId }));

/** The ports that the canvas draws of x. */
function portsOf(formula: Formula): readonly string[] {
  const members = chainsOf(formula).get(idOf(formula, 'x'));
  return members ? ownersOf(members).map(chainPort) : ['a', 'b'];
}

describe('a chain of signs as one node', () => {
  test.each(SIGNS)('%s: whatever is added and taken off, the code says what is there, in that order', (sign) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.array(fc.record({ adds: fc.boolean(), at: fc.nat() }), { maxLength: 12 }),
        (size, steps) => {
          let sides = sidesFor(sign, size);
          let formula = formulaOf(`x = ${written(sign, sides)}\nbuy(when: close > 1)`);
          const root = idOf(formula, 'x');
          for (const { adds, at } of steps) {
            if (adds) {
              const [side = ''] = sidesFor(sign, at % 7).slice(-1);
              const name = side === '' ? (sign === 'and' || sign === 'or' ? 'c9' : 'close') : side;
              const from =
                Object.entries(formula.nodes).find(([, node]) => node.name === name || node.block === name)?.[0] ?? '';
              if (from === '') continue;
              formula = edited(formula, { type: 'setArg', id: root, port: FREE_PORT, arg: { from } });
              sides = [...sides, name];
            } else if (sides.length > 2) {
              const ports = portsOf(formula);
              const index = at % ports.length;
              formula = edited(formula, { type: 'clearArg', id: root, port: ports[index] ?? '' });
              sides = sides.filter((_, each) => each !== index);
            }
            expect(lineOf(formula)).toBe(written(sign, sides));
            expect(portsOf(formula)).toHaveLength(sides.length);
            expect(check(formula).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
            expect(formula.nodes[root]?.name).toBe('x');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('several at once: each port goes, wherever the others went before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 8 }), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (size, picks) => {
        const sides = sidesFor('and', size);
        const formula = formulaOf(`x = ${written('and', sides)}\nbuy(when: close > 1)`);
        const root = idOf(formula, 'x');
        const gone = [...new Set(picks.map((pick) => pick % size))].slice(0, size - 2);
        const ports = portsOf(formula);
        const after = edited(
          formula,
          ...gone.map((index): Edit => ({ type: 'clearArg', id: root, port: ports[index] ?? '' })),
        );
        expect(lineOf(after)).toBe(
          written(
            'and',
            sides.filter((_, index) => !gone.includes(index)),
          ),
        );
      }),
    );
  });

  test('a wire that is moved to a neighbouring port of the same chain takes the place of that one', () => {
    const formula = formulaOf('x = c0 and c1 and c2\nbuy(when: x)');
    const root = idOf(formula, 'x');
    const [first = '', second = '', third = ''] = portsOf(formula);
    const from = idOf(formula, 'c0');
    for (const [port, line] of [
      [second, 'c0 and c2'],
      [third, 'c1 and c0'],
    ] as const)
      expect(
        lineOf(
          edited(
            formula,
            { type: 'clearArg', id: root, port: first },
            { type: 'setArg', id: root, port, arg: { from } },
          ),
        ),
      ).toBe(line);
  });

  test.each([
    ['brackets on the right', 'x = c0 and (c1 and c2)'],
    ['another sign', 'x = (c0 or c1) and c2'],
    ['minus, whose order counts', 'x = close - open - low'],
  ])('%s: is drawn node by node', (_what, line) => {
    expect(chainsOf(formulaOf(line)).size).toBe(0);
  });

  test('a part with a name, a comment or a mute of its own, or that is read twice, is a node', () => {
    for (const lines of [
      'y = c0 and c1\nx = y and c2',
      '# why\ny = c0 and c1\nx = y and c2',
      'x = c0 and c1\nz = not x',
    ])
      expect(chainsOf(formulaOf(lines)).size).toBe(0);
    expect(chainsOf(parse('y = close\nfn f(a) = a and a and a\nbuy(when: f(y > 1))').formula).size).toBe(1);
  });

  test('a circle of signs has no end, and hides nothing', () => {
    const node = (from: string) => ({ block: 'and', args: { a: { from }, b: { from: 'c' } } });
    const formula: Formula = {
      format: 'alphaloom/formula@1',
      nodes: { c: { block: 'close', args: {} }, p: node('q'), q: node('p'), r: node('r') },
    };
    expect([...chainsOf(formula)]).toEqual([]);
  });

  test('what is selected, copied or taken away of a chain is all of the chain', () => {
    const formula = formulaOf('x = c0 and c1 and c2 and c3\nbuy(when: x)');
    const root = idOf(formula, 'x');
    const members = withMembers(formula, [root]);
    expect(members.size).toBe(3);
    for (const id of members) expect(rootsOf(formula).get(id)).toBe(root);
    expect(
      print(
        applyEdits(
          formula,
          [...members].map((id) => ({ type: 'removeNode', id })),
        ),
      ),
    ).not.toContain('and');
  });
});
