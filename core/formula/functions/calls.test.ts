import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../language/parse.ts';
import { isRef, nodeOf, type Formula, type NodeId } from '../model/formula.ts';
import { arbitraryProgram } from '../testing/arbitrary-program.ts';
import { callsOf, nameOfCall, nodesInCall } from './calls.ts';
import { expand } from './expand.ts';

const CODE = `fn inner(v, k = 3) = sma(v, k)
fn outer(p) =
    low2 = inner(p, 5)
    return low2 + inner(open)
x = outer(close)
y = inner(high, 7)
buy(when: outer(low) > x + y)
`;
const { formula } = parse(CODE);
const idOf = ({ nodes }: Formula, name: string): NodeId =>
  Object.entries(nodes).find(([, node]) => node.name === name)?.[0] ?? '';

describe('the calls of a function', () => {
  test('are those that are carried out, by names that people know', () => {
    const expansion = expand(formula);
    expect(callsOf(expansion, idOf(formula, 'outer')).map((call) => nameOfCall(formula, call))).toEqual([
      'x',
      'outer(low)',
    ]);
    expect(
      callsOf(expansion, idOf(formula, 'inner'))
        .map((call) => nameOfCall(formula, call))
        .sort(),
    ).toEqual(['x › low2', 'x › inner(open)', 'y', 'outer(low) › low2', 'outer(low) › inner(open)'].sort());
  });

  test('a parameter is what the call gives, through the calls around it', () => {
    const expansion = expand(formula);
    const [v, k] = [idOf(formula, 'v'), idOf(formula, 'k')];
    const given = Object.fromEntries(
      callsOf(expansion, idOf(formula, 'inner')).map((call) => {
        const found = nodesInCall(formula, expansion, call.id);
        const [source, length] = [found.get(v), found.get(k)];
        return [
          nameOfCall(formula, call),
          [source && 'node' in source ? nodeOf(expansion.formula, source.node)?.block : source, length],
        ];
      }),
    );
    expect(given).toEqual({
      'x › low2': ['close', { literal: 5 }],
      'x › inner(open)': ['open', { literal: 3 }],
      y: ['high', { literal: 7 }],
      'outer(low) › low2': ['low', { literal: 5 }],
      'outer(low) › inner(open)': ['open', { literal: 3 }],
    });
  });

  test('of any program: each node of a function is found in each call, where the wires of its copy say so', () => {
    fc.assert(
      fc.property(arbitraryProgram, ({ code }) => {
        const program = parse(code).formula;
        const expansion = expand(program);
        for (const [fn, { block }] of Object.entries(program.nodes)) {
          if (block !== 'fn') continue;
          for (const call of callsOf(expansion, fn)) {
            const found = nodesInCall(program, expansion, call.id);
            for (const [id, where] of found) {
              if (!('node' in where)) continue;
              const copy = nodeOf(expansion.formula, where.node);
              expect(copy).toBeDefined();
              const written = nodeOf(program, id);
              for (const [port, arg] of Object.entries(written?.args ?? {})) {
                const source = isRef(arg) ? found.get(arg.from) : undefined;
                const is = copy?.args[port];
                if (
                  written?.block === copy?.block &&
                  isRef(arg) &&
                  arg.output === undefined &&
                  source &&
                  'node' in source &&
                  source.output === undefined &&
                  isRef(is)
                )
                  expect(is.from).toBe(source.node);
              }
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
