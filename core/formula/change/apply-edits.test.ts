import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { isBareName } from '../blocks/catalogue.ts';
import { parse } from '../language/parse.ts';
import { print, printWithSpans } from '../language/print.ts';
import { sourcesOf, statementsOf } from '../language/statements.ts';
import type { Span } from '../model/diagnostic.ts';
import type { Edit } from '../model/edit.ts';
import { EMPTY_FORMULA, isRef, type Formula, type NodeId } from '../model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '../testing/arbitrary-formula.ts';
import { canonical } from '../testing/canonical.ts';
import { applyEdits, editsBetween } from './apply-edits.ts';
import { reconcile } from './reconcile.ts';

const formulas = arbitraryFormula({ feeds: SOME_FEEDS });

const freshIds = () => {
  let count = 0;
  return (): NodeId => `fresh${(count += 1)}`;
};

/** What the code pane does with code: the edits that make the formula say it. They are held to make it so. */
function editsFrom(formula: Formula, code: string): Edit[] {
  const parsed = parse(code);
  expect(parsed.diagnostics).toEqual([]);
  const edits = editsBetween(formula, reconcile(formula, parsed.formula, freshIds()));
  expect(print(applyEdits(formula, edits))).toBe(print(parsed.formula));
  return edits;
}

/** The statements of a formula that its code names `v…`, and where they stand in it. */
function bindings(formula: Formula) {
  const { code, spans } = printWithSpans(formula);
  return {
    code,
    statements: [...spans].flatMap(([id, span]) =>
      formula.nodes[id]?.name?.startsWith('v') ? [{ id, span, name: formula.nodes[id].name }] : [],
    ),
  };
}

/** The nodes that a statement is made of: itself and those written inside it. */
function partsOf(formula: Formula, statement: NodeId): Set<NodeId> {
  const statements = new Set(statementsOf(formula).order);
  const parts = new Set([statement]);
  for (const id of parts)
    for (const from of sourcesOf(formula.nodes[id] ?? { block: '', args: {} }))
      if (!statements.has(from)) parts.add(from);
  return parts;
}

const isUsed = (formula: Formula, id: NodeId): boolean =>
  Object.values(formula.nodes).some((node) => sourcesOf(node).includes(id));

const idOf = (edit: Edit): NodeId | undefined => ('id' in edit ? edit.id : undefined);

/** A blank line is between two statements, and may be said of another one when a statement comes or goes there. */
const withoutBlanks = (edits: readonly Edit[]): readonly Edit[] =>
  edits.filter((edit) => edit.type !== 'setFlag' || edit.flag !== 'spaced');

/** Edits of nodes that are neither allowed nor new nor prices, which statements share. */
const strayEdits = (formula: Formula, edits: readonly Edit[], allowed: ReadonlySet<NodeId>): Edit[] =>
  withoutBlanks(edits).filter((edit) => {
    const id = idOf(edit);
    return (
      id === undefined ||
      !(
        allowed.has(id) ||
        id.startsWith('fresh') ||
        (isBareName(formula.nodes[id]?.block ?? '') && formula.nodes[id]?.name === undefined)
      )
    );
  });

describe('law 2: code that changes a little changes the graph a little', () => {
  test('an input becomes a plain value, and the other way round', () => {
    const code = 'input slow = 20\n\nbuy(when: close > slow)\n';
    const { formula } = parse(code);
    const edits = editsFrom(formula, code.replace('input slow', 'slow'));
    expect(edits.map(({ type }) => type)).toContain('setBlock');
    editsFrom(applyEdits(formula, edits), code);
  });

  test('a price that nothing uses, shown under a name that was made up, stays', () => {
    const formula: Formula = {
      ...EMPTY_FORMULA,
      nodes: { low: { block: 'low', name: 'x', args: {} }, high: { block: 'high', args: {} } },
    };
    expect(print(formula)).toContain('high1 = high');
    expect(editsFrom(formula, print(formula))).toEqual([]);
  });

  test('code that was not changed changes nothing', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        expect(editsFrom(formula, print(formula))).toEqual([]);
      }),
      { numRuns: 1000 * SCALE },
    );
  });

  test('nor does code of a graph that code alone would not make', () => {
    const twins: Formula = {
      format: 'alphaloom/formula@1',
      nodes: {
        a: { block: 'close', args: {} },
        b: { block: 'close', args: {} },
        alias: { block: 'value', name: 'price', args: { x: { from: 'b' } } },
        half: { block: 'mul', args: { a: { from: 'a', output: 'value' }, b: '050.0%' } },
        shared: { block: 'sma', args: { source: { from: 'half' }, timePeriod: 9 } },
        one: { block: 'gt', args: { a: { from: 'shared' }, b: { from: 'alias' } }, comment: 'trailing  ' },
        two: { block: 'lt', args: { a: { from: 'shared' }, b: -0 } },
        buy: { block: 'buy', args: { when: { from: 'one' }, size: '50%' } },
        sell: { block: 'sell', args: { when: { from: 'two' } } },
      },
    };
    expect(editsFrom(twins, print(twins))).toEqual([]);
    const edits = editsFrom(twins, print(twins).replace('size: 50%', 'size: 40%'));
    expect(edits).toEqual([{ type: 'setArg', id: 'buy', port: 'size', arg: '40%' }]);
  });

  test('a statement written anew is edits of that statement alone', () => {
    fc.assert(
      fc.property(formulas, formulas, fc.nat(), (formula, other, choice) => {
        const { code, statements } = bindings(formula);
        const target = statements[choice % Math.max(1, statements.length)];
        const donor = bindings(other)
          .statements.map(({ id, span, name }) => ({
            id,
            text: bindings(other)
              .code.slice(span.start, span.end)
              .slice((name?.length ?? 0) + 3),
          }))
          .find(({ id, text }) => partsOf(other, id).size > 1 && !/\b(v|in|feed)\d/.test(text));
        fc.pre(target !== undefined && donor !== undefined);
        if (!target || !donor) return;
        const rewritten = `${code.slice(0, target.span.start)}${target.name} = ${donor.text}${code.slice(target.span.end)}`;
        // What reads another output of it can't be read any more.
        fc.pre(parse(rewritten).diagnostics.length === 0);
        const edits = editsFrom(formula, rewritten);
        expect(strayEdits(formula, edits, partsOf(formula, target.id))).toEqual([]);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('one changed literal is one edit', () => {
    fc.assert(
      fc.property(formulas, fc.nat(), (formula, choice) => {
        const literals = Object.entries(formula.nodes).flatMap(([id, { block, args }]) =>
          block === 'input' || block === 'value'
            ? []
            : Object.entries(args).flatMap(([port, arg]) =>
                typeof arg === 'number' && Math.abs(arg) < 1e9 ? [{ id, port, arg }] : [],
              ),
        );
        const target = literals[choice % Math.max(1, literals.length)];
        fc.pre(target !== undefined);
        if (!target) return;
        const edit: Edit = { type: 'setArg', id: target.id, port: target.port, arg: Math.floor(target.arg) + 3 };
        const changed = applyEdits(formula, [edit]);
        // Where the same stands twice inside a statement, the other one may be the one that was changed.
        fc.pre(
          new Set(literals.filter(({ arg, port }) => arg === target.arg && port === target.port).map(({ id }) => id))
            .size === 1,
        );
        expect(editsFrom(formula, print(changed))).toEqual([edit]);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('an inserted statement is its own nodes alone', () => {
    fc.assert(
      fc.property(formulas, fc.nat(), (formula, choice) => {
        const { code, statements } = bindings(formula);
        const before = statements[choice % Math.max(1, statements.length)];
        const at = before?.span.start ?? 0;
        const line = code.lastIndexOf('\n', at - 1) + 1;
        fc.pre(before === undefined || formula.nodes[before.id]?.comment === undefined);
        const edits = editsFrom(
          formula,
          `${code.slice(0, line)}brandNew = sma(close, 7) > 3 * open\n${code.slice(line)}`,
        );
        expect(strayEdits(formula, edits, new Set())).toEqual([]);
        expect(edits.filter(({ type }) => type === 'removeNode')).toEqual([]);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('a deleted statement takes nothing with it but what is written inside', () => {
    fc.assert(
      fc.property(formulas, fc.nat(), (formula, choice) => {
        const { code, spans } = printWithSpans(formula);
        const text = (span: Span) => code.slice(span.start, span.end);
        // Of two that say the same, either may be the one that is gone.
        const unused = [...spans].filter(
          ([id, span]) =>
            !isUsed(formula, id) &&
            formula.nodes[id]?.comment === undefined &&
            [...spans.values()].filter((other) => text(other) === text(span)).length === 1,
        );
        const target = unused[choice % Math.max(1, unused.length)];
        fc.pre(target !== undefined);
        if (!target) return;
        const [id, span] = target;
        const edits = editsFrom(formula, code.slice(0, span.start) + code.slice(span.end));
        expect(strayEdits(formula, edits, partsOf(formula, id))).toEqual([]);
        expect(new Set(withoutBlanks(edits).map(({ type }) => type))).toEqual(new Set(['removeNode']));
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('a renamed statement is one edit', () => {
    fc.assert(
      fc.property(formulas, fc.nat(), (formula, choice) => {
        const { statements } = bindings(formula);
        const target = statements[choice % Math.max(1, statements.length)];
        fc.pre(target !== undefined);
        if (!target) return;
        // Of several that say the same, another may be the one that was renamed.
        const says = (id: NodeId) => JSON.stringify({ ...formula.nodes[id], name: '', comment: '' });
        fc.pre(statements.every(({ id }) => id === target.id || says(id) !== says(target.id)));
        const edit: Edit = { type: 'setName', id: target.id, name: 'quiteAnother' };
        expect(editsFrom(formula, print(applyEdits(formula, [edit])))).toEqual([edit]);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('a moved statement is one edit', () => {
    fc.assert(
      fc.property(formulas, fc.nat(), fc.nat(), (formula, from, to) => {
        const { order } = statementsOf(formula);
        const [id, after] = [order[from % order.length], order[to % order.length]];
        // Of two that say the same, either may be the one that moved.
        const { code, spans } = printWithSpans(formula);
        const says = [...spans.values()].map(({ start, end }) => code.slice(start, end));
        fc.pre(id !== undefined && after !== undefined && id !== after && new Set(says).size === says.length);
        const moved = applyEdits(formula, [{ type: 'reorder', id: id ?? '', after: after ?? null }]);
        const edits = editsFrom(formula, print(moved));
        // Of two neighbours that change places, either may be the one that moves.
        expect(edits.length).toBeLessThanOrEqual(1);
        expect(edits.every(({ type }) => type === 'reorder')).toBe(true);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('a changed comment is one edit', () => {
    fc.assert(
      fc.property(formulas, fc.nat(), fc.constantFrom('new', 'two\nnew ones', null), (formula, choice, comment) => {
        const { order } = statementsOf(formula);
        const id = order[choice % order.length] ?? '';
        fc.pre((formula.nodes[id]?.comment ?? null) !== comment);
        const edit: Edit = { type: 'setComment', id, comment };
        expect(editsFrom(formula, print(applyEdits(formula, [edit])))).toEqual([edit]);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('what is given a name of its own is still the same node', () => {
    const { formula } = parse('buy(when: close > sma(close, 20))');
    const edits = editsFrom(formula, 'mean = sma(close, 20)\nbuy(when: close > mean)');
    const mean = Object.entries(formula.nodes).find(([, { block }]) => block === 'sma')?.[0];
    expect(edits).toEqual([{ type: 'setName', id: mean, name: 'mean' }]);
  });
});

describe('edits', () => {
  test('editsBetween(a, b) makes b of a', () => {
    fc.assert(
      fc.property(formulas, formulas, (a, b) => {
        const target = reconcile(a, parse(print(b)).formula, freshIds());
        expect(print(target)).toBe(print(b));
        const result = applyEdits(a, editsBetween(a, target));
        expect(canonical(result)).toEqual(canonical(target));
        expect(editsBetween(result, target)).toEqual([]);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test('an edit of a node that is not there does nothing, and a removed node takes its wires with it', () => {
    const { formula } = parse('a = sma(close, 3)\nbuy(when: close > a)');
    const gone = 'nowhere';
    const edits: Edit[] = [
      { type: 'setName', id: gone, name: 'x' },
      { type: 'setArg', id: gone, port: 'x', arg: 1 },
      { type: 'reorder', id: gone, after: null },
      { type: 'moveNode', id: gone, at: { x: 0, y: 0 } },
      { type: 'removeNode', id: gone },
    ];
    expect(applyEdits(formula, edits)).toEqual(formula);
    const id = Object.keys(formula.nodes).find((each) => formula.nodes[each]?.name === 'a') ?? '';
    const without = applyEdits(formula, [{ type: 'removeNode', id }]);
    expect(
      Object.values(without.nodes)
        .flatMap(({ args }) => Object.values(args))
        .some((arg) => isRef(arg) && arg.from === id),
    ).toBe(false);
  });

  test('nodes are put behind one another, first or last', () => {
    const node = { block: 'close', args: {} };
    const add = (id: NodeId, after?: NodeId | null): Edit => ({
      type: 'addNode',
      id,
      node,
      ...(after === undefined ? {} : { after }),
    });
    const keys = (edits: readonly Edit[]) => Object.keys(applyEdits(EMPTY_FORMULA, edits).nodes);
    expect(keys([add('b'), add('c'), add('a', null), add('d', 'b'), add('e', 'nowhere')])).toEqual([
      'a',
      'b',
      'd',
      'c',
      'e',
    ]);
    expect(
      keys([
        add('a'),
        add('b'),
        add('c'),
        { type: 'reorder', id: 'a', after: 'b' },
        { type: 'reorder', id: 'c', after: null },
      ]),
    ).toEqual(['c', 'b', 'a']);
  });
});

describe('a blank line', () => {
  const CODE = 'input n = 5\n\na = sma(close, n)\nb = sma(close, 5)\n\nbuy(when: a > b)\n';
  const typed = (formula: Formula, code: string): Formula => applyEdits(formula, editsFrom(formula, code));

  test('that is typed, or deleted, is one edit of the statement below', () => {
    const formula = parse(CODE).formula;
    const spaced = CODE.replace('b =', '\nb =');
    const edits = editsFrom(formula, spaced);
    expect(edits).toMatchObject([{ type: 'setFlag', flag: 'spaced', on: true }]);
    expect(print(applyEdits(formula, edits))).toBe(spaced);
    expect(editsFrom(applyEdits(formula, edits), CODE)).toMatchObject([{ type: 'setFlag', on: false }]);
  });

  test('that one has written stays where code has one anyway, and is there when it has none any more', () => {
    const formula = typed(parse(CODE).formula, CODE.replace('b =', '\nb ='));
    const commented = typed(formula, CODE.replace('b =', '\n# Why\nb ='));
    expect(editsFrom(commented, print(commented))).toEqual([]);
    const [id] = Object.entries(commented.nodes).find(([, { name }]) => name === 'b') ?? [''];
    expect(print(applyEdits(commented, [{ type: 'setComment', id, comment: null }]))).toBe(print(formula));
  });
});
