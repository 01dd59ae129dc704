import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { applyEdits, editsBetween } from './edits.ts';
import type { Formula, NodeId } from './formula.ts';
import { contentHash } from './hash.ts';
import { fromJson, toJson } from './json.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { reconcile } from './reconcile.ts';
import { statementsOf } from './statements.ts';
import { arbitraryFormula } from './testing/arbitrary-formula.ts';

const freshIds = () => {
  let count = 0;
  return (): NodeId => `fresh${(count += 1)}`;
};

/** The same formula with ids in the order in which its statements reach the nodes. */
function canonical(formula: Formula): unknown {
  const ids = new Map<NodeId, number>();
  const visit = (id: NodeId): void => {
    if (ids.has(id)) return;
    ids.set(id, ids.size);
    for (const [, arg] of Object.entries(formula.nodes[id]?.args ?? {}).sort()) if (typeof arg === 'object' && arg !== null && 'from' in arg) visit(arg.from);
  };
  statementsOf(formula).order.forEach(visit);
  return {
    epilogue: formula.epilogue,
    nodes: [...ids.keys()].map((id) => {
      const { args, ...node } = formula.nodes[id] ?? { args: {} };
      return { ...node, args: Object.fromEntries(Object.entries(args).map(([port, arg]) => [port, typeof arg === 'object' && arg !== null && 'from' in arg ? { ...arg, from: ids.get(arg.from) } : arg])) };
    }),
  };
}

/** Ids permuted, layout added: another document of the same strategy. */
function renamed(formula: Formula): Formula {
  const id = (old: NodeId) => `other-${old}`;
  const nodes = Object.entries(formula.nodes).map(([key, node]) => [id(key), {
    ...node,
    args: Object.fromEntries(Object.entries(node.args).map(([port, arg]) => [port, typeof arg === 'object' && arg !== null && 'from' in arg ? { ...arg, from: id(arg.from) } : arg])),
  }]);
  return { ...formula, nodes: Object.fromEntries(nodes), layout: Object.fromEntries(nodes.map(([key]) => [key, { x: 1, y: 2 }])) };
}

describe('the laws of the language', () => {
  test('generated formulas check without errors', () => {
    fc.assert(fc.property(arbitraryFormula(), (formula) => {
      expect(check(formula).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    }), { numRuns: 500 });
  });

  test('law 1: parse(print(f)) is f up to ids', () => {
    fc.assert(fc.property(arbitraryFormula(), (formula) => {
      const parsed = parse(print(formula));
      expect(parsed.diagnostics).toEqual([]);
      expect(canonical(parsed.formula)).toEqual(canonical(named(formula)));
    }), { numRuns: 1000 });
  });

  test('law 1: formatting is idempotent', () => {
    fc.assert(fc.property(arbitraryFormula(), (formula) => {
      const code = print(formula);
      expect(print(parse(code).formula)).toBe(code);
    }), { numRuns: 500 });
  });

  test('law 2: code that was not changed changes nothing', () => {
    fc.assert(fc.property(arbitraryFormula(), (formula) => {
      const again = reconcile(formula, parse(print(formula)).formula, freshIds());
      expect(editsBetween(named(formula), again)).toEqual([]);
    }), { numRuns: 500 });
  });

  test('law 2: one changed statement leaves every other node alone', () => {
    fc.assert(fc.property(arbitraryFormula(), fc.nat(), (formula, choice) => {
      const base = named(formula);
      const statements = statementsOf(base).order.filter((id) => base.nodes[id]?.name?.startsWith('v'));
      const target = statements[choice % Math.max(1, statements.length)];
      fc.pre(target !== undefined);
      const code = print(base).replace(new RegExp(`^${base.nodes[target ?? '']?.name} = .*(\\n {4}.*)*(\\n\\))?$`, 'm'), `${base.nodes[target ?? '']?.name} = 42`);
      const parsed = parse(code);
      fc.pre(parsed.diagnostics.length === 0);
      const edits = editsBetween(base, reconcile(base, parsed.formula, freshIds()));
      const gone = new Set(edits.flatMap((edit) => (edit.type === 'removeNode' ? [edit.id] : [])));
      for (const edit of edits) if (edit.type !== 'removeNode') expect([target, ...gone]).toContain('id' in edit ? edit.id : undefined);
    }), { numRuns: 500 });
  });

  test('editsBetween(a, b) makes b of a', () => {
    fc.assert(fc.property(arbitraryFormula(), arbitraryFormula(), (a, b) => {
      const target = reconcile(a, parse(print(b)).formula, freshIds());
      const result = applyEdits(a, editsBetween(a, target));
      expect(print(result)).toBe(print(target));
      expect(canonical(result)).toEqual(canonical(target));
      expect(editsBetween(result, target)).toEqual([]);
    }), { numRuns: 500 });
  });

  test('law 1: JSON out and in is the same formula', () => {
    fc.assert(fc.property(arbitraryFormula(), (formula) => {
      expect(fromJson(JSON.parse(toJson(formula)))).toEqual({ ok: true, value: formula });
    }), { numRuns: 300 });
  });

  test('the content hash knows neither ids nor layout', () => {
    fc.assert(fc.property(arbitraryFormula(), (formula) => {
      expect(contentHash(renamed(formula))).toBe(contentHash(formula));
    }), { numRuns: 200 });
  });

  test('law 3: an action inside a value is a problem of the text, since it can not be printed there', () => {
    for (const code of ['sell(when: buy(when: close > 1))', 'x = buy(when: close > 1)', 'buy(when: not info(when: close > 1))']) {
      expect(parse(code).diagnostics.map((problem) => problem.code)).toEqual(['action-value']);
    }
  });

  test('law 3: any text is read to its end, with problems that lie inside it', () => {
    const pieces = fc.constantFrom('x', ' = ', '(', ')', '[', ']', '1', '.', '..', '%', '"', '#', '\n', ',', ':', 'not ', 'and ', '-', '^', 'buy(', 'input ', 'in ', 'close', '_', '\u{1F600}', 'é');
    fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }), (parts) => {
      const code = parts.join('');
      const { formula, diagnostics } = parse(code);
      check(formula);
      for (const { span } of diagnostics) {
        expect(span?.start).toBeGreaterThanOrEqual(0);
        expect(span?.end).toBeLessThanOrEqual(code.length);
      }
      if (diagnostics.length === 0) expect(print(parse(print(formula)).formula)).toBe(print(formula));
    }), { numRuns: 2000 });
  });
});

/** Nodes that code writes as statements, with the names that it gives them. */
function named(formula: Formula): Formula {
  const { names } = statementsOf(formula);
  return { ...formula, nodes: Object.fromEntries(Object.entries(formula.nodes).map(([id, node]) => [id, names.has(id) ? { ...node, name: names.get(id) ?? '' } : node])) };
}
