import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expand } from '../functions/expand.ts';
import { parse } from '../language/parse.ts';
import { isRef, nodeOf, type Arg, type Formula, type NodeId } from '../model/formula.ts';
import { SCALE } from '../testing/scale.ts';
import { Explainer } from './explain-value.ts';
import { lightsOf, reasonsIn, summaryOf, type Reason } from './reason.ts';

const LEAVES = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];
const DEFINED = LEAVES.map((name, index) => `${name} = close > open + ${index + 1}`).join('\n');

/** Expressions over conditions; those of `once` name each condition once at the most. */
const anyExpression = (leaf: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `(${a} and ${b})`),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `(${a} or ${b})`),
      tie('tree').map((a) => `(not ${a})`),
      fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([cond, a, b]) => `where(${cond}, ${a}, ${b})`),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `both(${a}, ${b})`),
    ),
  })).tree;

const formulaOf = (condition: string): Formula => {
  const parsed = parse(`fn both(x, y) = x and y\n${DEFINED}\nbuy(when: ${condition})`);
  expect(parsed.diagnostics).toEqual([]);
  return parsed.formula;
};

type Assignment = Readonly<Record<string, boolean>>;

/** What each condition of the expanded formula is, reckoned apart from the engine. */
function evaluate(formula: Formula, { nodes }: Formula, leaves: Assignment): (id: NodeId) => boolean {
  const known = new Map<NodeId, boolean>();
  const of = (arg: Arg | undefined): boolean => (isRef(arg) ? node(arg.from) : arg === true);
  const compute = (id: NodeId): boolean => {
    const { block = '', args = {}, name } = nodeOf({ nodes }, id) ?? {};
    if (block === 'and') return of(args['a']) && of(args['b']);
    if (block === 'or') return of(args['a']) || of(args['b']);
    if (block === 'not') return !of(args['x']);
    if (block === 'value') return of(args['x']);
    if (block === 'where') return of(args['cond']) ? of(args['a']) : of(args['b']);
    return leaves[name ?? nodeOf(formula, id)?.name ?? ''] ?? false;
  };
  const node = (id: NodeId): boolean => {
    const value = known.get(id) ?? compute(id);
    known.set(id, value);
    return value;
  };
  return node;
}

interface Case {
  readonly formula: Formula;
  readonly root: Reason;
  readonly decide: (leaves: Assignment) => boolean;
}

function explained(condition: string, leaves: Assignment): Case {
  const formula = formulaOf(condition);
  const plain = expand(formula).formula;
  const values = evaluate(formula, plain, leaves);
  const explainer = new Explainer({ formula, valueAt: (id) => Number(values(id)) });
  const [buy = ''] = Object.keys(plain.nodes).filter((id) => plain.nodes[id]?.block === 'buy');
  const when = plain.nodes[buy]?.args['when'];
  return {
    formula,
    root: explainer.explain(buy, 'when', 0),
    decide: (given) => isRef(when) && evaluate(formula, plain, given)(when.from),
  };
}

/** The leaves on which the tree stands: of parts that are each enough, `pick` says which is taken. */
function leavesUnder(formula: Formula, root: Reason, pick: (reason: Reason) => readonly Reason[]): Set<string> {
  const whole = new Map<string, Reason>();
  for (const reason of reasonsIn(root)) {
    const key = `${reason.node} ${reason.calls.join()}`;
    if (!whole.has(key) || reason.parts.length > 0) whole.set(key, reason);
  }
  const found = new Set<string>();
  const walk = (reason: Reason): void => {
    const name = formula.nodes[reason.node]?.name ?? '';
    if (LEAVES.includes(name)) return void found.add(name);
    const told = whole.get(`${reason.node} ${reason.calls.join()}`) ?? reason;
    for (const part of pick(told)) walk(part);
  };
  walk(root);
  return found;
}

const sufficient = (reason: Reason): readonly Reason[] =>
  reason.needs === 'any' ? reason.parts.slice(0, 1) : reason.parts;

const assignments = fc.record(Object.fromEntries(LEAVES.map((name) => [name, fc.boolean()])));

describe('laws of explanations', () => {
  test('what is named is enough: whatever the other conditions are, the decision stays', () => {
    fc.assert(
      fc.property(
        anyExpression(fc.constantFrom(...LEAVES)),
        assignments,
        fc.array(assignments, { minLength: 4, maxLength: 8 }),
        (condition, leaves, others) => {
          const { formula, root, decide } = explained(condition, leaves);
          expect(root.value === 1).toBe(decide(leaves));
          const kept = leavesUnder(formula, root, sufficient);
          for (const other of others) {
            const changed = Object.fromEntries(
              LEAVES.map((name) => [name, (kept.has(name) ? leaves : other)[name] ?? false]),
            );
            expect(decide(changed)).toBe(root.value === 1);
          }
        },
      ),
      { numRuns: 150 * SCALE },
    );
  });

  /** Each condition stands in the expression once at the most, and nothing chooses between two. */
  const readOnce = fc
    .tuple(fc.shuffledSubarray(LEAVES, { minLength: 1 }), fc.array(fc.nat(5), { minLength: 24, maxLength: 24 }))
    .map(([leaves, choices]) => {
      const left = [...leaves];
      let at = 0;
      while (left.length > 1) {
        const [a, b] = [left.shift() ?? '', left.shift() ?? ''];
        const joined = ((choices[at] ?? 0) & 1) === 0 ? `(${a} and ${b})` : `(${a} or ${b})`;
        left.push((choices[at] ?? 0) > 3 ? `(not ${joined})` : joined);
        at += 1;
      }
      return left[0] ?? 'p0';
    });

  test('no condition is named in vain: without one of them, the decision could have been another', () => {
    fc.assert(
      fc.property(readOnce, assignments, (condition, leaves) => {
        const { formula, root, decide } = explained(condition, leaves);
        const kept = [...leavesUnder(formula, root, sufficient)];
        for (const dropped of kept) {
          const free = LEAVES.filter((name) => name === dropped || !kept.includes(name));
          const isOpen = Array.from({ length: 2 ** free.length }, (_, bits) =>
            decide({ ...leaves, ...Object.fromEntries(free.map((name, bit) => [name, ((bits >> bit) & 1) === 1])) }),
          ).some((decision) => decision !== (root.value === 1));
          expect(isOpen).toBe(true);
        }
      }),
      { numRuns: 100 * SCALE },
    );
  });

  test('the conditions of the path turned round turn the decision round', () => {
    fc.assert(
      fc.property(readOnce, assignments, (condition, leaves) => {
        const { formula, root, decide } = explained(condition, leaves);
        const path = leavesUnder(formula, root, ({ parts }) => parts);
        const turned = Object.fromEntries(LEAVES.map((name) => [name, path.has(name) !== leaves[name]]));
        expect(decide(turned)).toBe(root.value !== 1);
      }),
      { numRuns: 150 * SCALE },
    );
  });
});

const at = (code: string, values: Readonly<Record<string, readonly number[]>>, bar: number): Reason => {
  const { formula, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  const plain = expand(formula).formula;
  const explainer = new Explainer({
    formula,
    valueAt: (id, output, index) => {
      const node = plain.nodes[id];
      return (
        values[`${node?.name ?? node?.block ?? ''}${output === 'value' ? '' : `.${output}`}`]?.[index] ?? Number.NaN
      );
    },
  });
  const [action = ''] = Object.keys(plain.nodes).filter((id) => ['buy', 'sell'].includes(plain.nodes[id]?.block ?? ''));
  return explainer.explain(action, 'when', bar);
};

const CROSS = 'fastLine = ema(close, 3)\nslowLine = ema(close, 9)\n';

test('a crossing is told with both bars', () => {
  const reason = at(
    `${CROSS}sell(when: crossunder(fastLine, slowLine))`,
    { fastLine: [102, 101.2], slowLine: [101.5, 101.9], crossunder: [0, 1] },
    1,
  );
  expect(reason.text).toBe(
    'fastLine crossed below slowLine at this bar (fastLine 101.2, slowLine 101.9; a bar before 102, 101.5)',
  );
  expect(reason.parts.map(({ text }) => text)).toEqual(['fastLine 101.2', 'slowLine 101.9']);
});

test('a condition that was false is told with its value, and what was true beside it is not', () => {
  const reason = at(
    `${CROSS}strength = rsi(close, 14)\nbuy(when: fastLine > slowLine and strength > 50)`,
    { fastLine: [102], slowLine: [101.5], strength: [47.1], and: [0], gt: [0] },
    0,
  );
  // Both comparisons are of one block: the first is false here, too.
  expect(summaryOf(reason)).toContain('`strength > 50` was false: strength 47.1');
});

test('what is missing is followed to where it is missing', () => {
  const reason = at('slow = sma(close, 200)\nbuy(when: close > slow)', { close: [1, 2, 3], gt: [0, 0, 0] }, 2);
  expect(reason.text).toBe('`close > slow` was false: close 3, slow na');
  expect(reason.parts[1]?.text).toBe('slow had no value (na): it begins with bar 200, this is bar 3');
});

test('bars ago are explained at their bar', () => {
  const reason = at('up = close > open\nbuy(when: up[2])', { up: [0, 1, 0, 0], past: [0, 0, 0, 1] }, 3);
  expect(reason.parts).toMatchObject([{ bar: 1, value: 1, needs: 'alone' }]);
});

test('what stands in a function is lit in it, and at its call', () => {
  const code = 'fn strong(x) = x > 50 and x < 80\nok = strong(rsi(close, 14))\nbuy(when: ok)';
  const { formula } = parse(code);
  const explainer = new Explainer({ formula, valueAt: () => 1 });
  const ids = Object.keys(formula.nodes);
  const idOf = (block: string): NodeId => ids.find((id) => formula.nodes[id]?.block === block) ?? '';
  const lights = lightsOf(explainer.explain(idOf('buy'), 'when', 5));
  expect([idOf('gt'), idOf('lt'), idOf('call'), idOf('and')].map((id) => lights.get(id))).toEqual([
    'true',
    'true',
    'true',
    'true',
  ]);
});

test('a chain of thousands is explained without being walked deeper than is read', () => {
  const names = Array.from({ length: 1500 }, (_, index) => `p${index}`);
  const code = `${names.map((name) => `${name} = close > open`).join('\n')}\nbuy(when: ${names.join(' and ')})`;
  const { formula } = parse(code);
  const explainer = new Explainer({ formula, valueAt: () => 1 });
  const buy = Object.keys(formula.nodes).find((id) => formula.nodes[id]?.block === 'buy') ?? '';
  const root = explainer.explain(buy, 'when', 0);
  expect(root.parts).toHaveLength(1500);
  expect(summaryOf(root)).toMatch(/; 149\d more$|more$/);
});
