import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { statementsOf } from '#core/formula/language/statements.ts';
import { EMPTY_FORMULA, isRef, type Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { placeMissing } from '#features/graph/index.ts';
import { fromClipboard, toClipboard } from './clipboard-format.ts';
import { codeOf, readCode } from './fragment-code.ts';
import { cornerOfFragment, fittingPart, fragmentOf, pasteFragment } from './fragment.ts';

const CROSS =
  'fastLine = sma(close, 10)\nslowLine = ema(close, 40)\nup = crossover(fastLine, slowLine)\nbuy(when: up)\n';
const formulaOf = (code: string): Formula => parse(code).formula;
const idOf = (formula: Formula, name: string): string =>
  Object.entries(formula.nodes).find(([, node]) => node.name === name || node.block === name)?.[0] ?? '';
const some = (formula: Formula, ...names: string[]) => new Set(names.map((name) => idOf(formula, name)));
const wires = (formula: Formula): number =>
  Object.values(formula.nodes)
    .flatMap(({ args }) => Object.values(args))
    .filter(isRef).length;

function paste(from: Formula, ids: ReadonlySet<string>, into: Formula): Formula {
  const { edits } = pasteFragment(into, fragmentOf(from, ids, placeMissing(from)), { x: 5, y: 7 });
  return applyEdits(into, edits);
}

/** A formula, and some of its nodes. */
const someNodes = arbitraryFormula({ maxStatements: 8 }).chain((formula) =>
  fc.record({ formula: fc.constant(formula), ids: fc.subarray(Object.keys(formula.nodes)).map((ids) => new Set(ids)) }),
);

describe('pasting nodes', () => {
  test('all of a formula into an empty one gives the same formula', () => {
    fc.assert(
      fc.property(arbitraryFormula({ maxStatements: 8 }), (formula) => {
        const { epilogue: _epilogue, ...bare } = formula;
        expect(contentHash(paste(formula, new Set(Object.keys(formula.nodes)), EMPTY_FORMULA))).toBe(contentHash(bare));
      }),
    );
  });

  test('wires among the nodes are led as before, where their nodes stand; a wire from outside is not', () => {
    const bare = formulaOf(CROSS);
    const [fast, up] = [idOf(bare, 'fastLine'), idOf(bare, 'up')];
    const bends = { [`${up}/x`]: [{ x: 10, y: 20 }], [`${fast}/source`]: [{ x: 1, y: 2 }] };
    const formula = { ...bare, bends };
    const ids = some(formula, 'fastLine', 'up');
    const copied = fragmentOf(formula, ids, placeMissing(formula));
    expect(copied.bends).toEqual({ [`${up}/x`]: [{ x: 10, y: 20 }] });
    expect(fromClipboard(toClipboard(copied))).toEqual(copied);
    const corner = cornerOfFragment(copied);
    const { edits, ids: pasted } = pasteFragment(formula, copied, { x: corner.x + 100, y: corner.y + 50 });
    const after = applyEdits(formula, edits);
    const copy = pasted.find((id) => after.nodes[id]?.block === 'crossover') ?? '';
    expect(after.bends?.[`${copy}/x`]).toEqual([{ x: 110, y: 70 }]);
  });

  test('frames and notes go along, with ids of their own, where their nodes stand, folds included', () => {
    const formula = formulaOf(CROSS);
    const ids = some(formula, 'fastLine', 'slowLine');
    const frame = { x: 1, y: 2, width: 300, height: 200, title: 'Lines', color: 'blue', folded: [...ids] } as const;
    const note = { x: 3, y: 4, width: 20, height: 20, text: 'why', color: 'red' } as const;
    const copied = { ...fragmentOf(formula, ids, placeMissing(formula)), frames: { f: frame }, notes: { n: note } };
    const again = fromClipboard(toClipboard(copied));
    expect(again).toEqual(copied);
    const { edits, ids: pasted } = pasteFragment(formula, again ?? copied, { x: 50, y: 70 });
    const after = applyEdits({ ...formula, frames: { f: frame } }, edits);
    const [, made] = Object.values(after.frames ?? {});
    expect(made?.folded).toEqual(pasted);
    const [first] = pasted;
    const [old] = ids;
    const shift = (after.layout?.[first ?? '']?.x ?? 0) - (copied.layout[old ?? '']?.x ?? 0);
    expect((made?.x ?? 0) - frame.x).toBe(shift);
    expect(Object.values(after.notes ?? {})).toEqual([
      { ...note, x: note.x + shift, y: note.y + (made?.y ?? 0) - frame.y },
    ]);
    expect(fromClipboard(JSON.stringify({ ...copied, notes: { n: { ...note, text: 4 } } }))).toBeNull();
  });

  test('into the same formula: every wire is kept, nothing of what was there changes, and no name is given twice', () => {
    fc.assert(
      fc.property(someNodes, ({ formula, ids }) => {
        const after = paste(formula, ids, formula);
        const copied = [...ids].flatMap((id) => Object.values(formula.nodes[id]?.args ?? {})).filter(isRef).length;
        expect(wires(after)).toBe(wires(formula) + copied);
        for (const [id, node] of Object.entries(formula.nodes)) expect(after.nodes[id]).toEqual(node);
        const names = Object.values(after.nodes).flatMap(({ name }) => name ?? []);
        expect(new Set(names).size).toBe(names.length);
        expect(Object.keys(after.nodes)).toHaveLength(Object.keys(formula.nodes).length + ids.size);
      }),
    );
  });

  test('wires from outside are found by name in another formula, where the block is the same', () => {
    const from = formulaOf(CROSS);
    const ids = some(from, 'up');
    expect(print(paste(from, ids, formulaOf('fastLine = sma(open, 3)\nslowLine = rsi(open, 3)\n')))).toContain(
      'up = crossover(fastLine)',
    );
  });

  test('prices are wired in every formula, whether they are there or not, and what is lost is counted', () => {
    fc.assert(
      fc.property(someNodes, arbitraryFormula({ maxStatements: 4 }), ({ formula, ids }, other) => {
        const fragment = fragmentOf(formula, ids, placeMissing(formula));
        const { edits, lost } = pasteFragment(other, fragment, { x: 0, y: 0 });
        const outside = [...ids]
          .flatMap((id) => Object.values(formula.nodes[id]?.args ?? {}))
          .filter(isRef)
          .filter(({ from }) => !ids.has(from) && !isBareName(formula.nodes[from]?.block ?? ''));
        expect(lost).toBeLessThanOrEqual(outside.length);
        const all = [...ids].flatMap((id) => Object.values(formula.nodes[id]?.args ?? {})).filter(isRef).length;
        expect(wires(applyEdits(other, edits))).toBe(wires(other) + all - lost);
      }),
    );
    const from = formulaOf('bands = bbands(close, 20)\nwide = close > bands.upper\n');
    for (const into of ['', 'x = sma(close, 3)\n', 'x = sma(open, 3)\n'])
      expect(print(paste(from, some(from, 'bands'), formulaOf(into)))).toContain('bands = bbands(close, 20)');
    expect(print(paste(from, some(from, 'bands'), formulaOf('x = sma(close, 3)\n'))).match(/close/g)).toHaveLength(2);
  });

  test('the corner of what is pasted is where it was asked for', () => {
    const from = formulaOf(CROSS);
    const ids = some(from, 'fastLine', 'up');
    const { edits } = pasteFragment(from, fragmentOf(from, ids, placeMissing(from)), { x: 100, y: -40 });
    const places = edits.flatMap((edit) => (edit.type === 'addNode' && edit.at ? [edit.at] : []));
    expect([Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))]).toEqual([100, -40]);
  });

  test('the clipboard gives back what was put there, and null of anything else', () => {
    fc.assert(
      fc.property(someNodes, ({ formula, ids }) => {
        const fragment = fragmentOf(formula, ids, placeMissing(formula));
        expect(fromClipboard(toClipboard(fragment))).toEqual(JSON.parse(JSON.stringify(fragment)));
      }),
    );
    for (const text of ['', '{}', '[]', 'null', '{"nodes":{"a":{"block":3}},"layout":{},"outer":{}}', CROSS])
      expect(fromClipboard(text)).toBeNull();
  });
});

describe('nodes as code', () => {
  test('are the text of their statements', () => {
    const formula = formulaOf(CROSS);
    expect(codeOf(formula, some(formula, 'up', 'buy'))).toBe('up = crossover(fastLine, slowLine)\nbuy(when: up)\n');
    expect(
      codeOf(formulaOf('x = bbands(close).upper\n'), some(formulaOf('x = bbands(close).upper\n'), 'bbands')),
    ).toMatch(/^bbands1 = bbands\(close\)\n$/);
  });

  test('all of a formula is the code of the formula', () => {
    fc.assert(
      fc.property(arbitraryFormula({ maxStatements: 8 }), (formula) => {
        const { epilogue: _epilogue, ...bare } = formula;
        expect(contentHash(parse(codeOf(formula, new Set(Object.keys(formula.nodes)))).formula)).toBe(
          contentHash(parse(print(bare)).formula),
        );
      }),
    );
  });

  test('pasted into the formula from which it was copied, it means the same', () => {
    const formula = formulaOf(CROSS);
    const read = readCode(formula, codeOf(formula, some(formula, 'up', 'slowLine')));
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    const { edits } = pasteFragment(formula, read.value.fragment, { x: 0, y: 0 });
    expect(print(applyEdits(formula, edits))).toContain(
      'slowLine1 = ema(close, 40)\nup1 = crossover(fastLine, slowLine1)',
    );
  });

  test('code is taken beside any formula, whatever its names are', () => {
    fc.assert(
      fc.property(arbitraryFormula({ maxStatements: 6 }), arbitraryFormula({ maxStatements: 6 }), (formula, other) => {
        const { epilogue: _epilogue, ...bare } = other;
        const code = print(bare);
        const read = readCode(formula, code);
        if (code.trim() === '') return;
        expect(read).toMatchObject({ ok: true });
        if (!read.ok) return;
        const after = applyEdits(formula, pasteFragment(formula, read.value.fragment, { x: 0, y: 0 }).edits);
        for (const [id, node] of Object.entries(formula.nodes)) expect(after.nodes[id]).toEqual(node);
        const names = Object.values(after.nodes).flatMap(({ name }) => name ?? []);
        expect(new Set(names).size).toBe(names.length);
        expect(statementsOf(after).order.length).toBeGreaterThanOrEqual(statementsOf(formula).order.length);
      }),
    );
  });

  test.each(['so it goes, said the bird', '', '# only a comment', 'https://example.com/a?b=c', 'buy(when'])(
    '%s is no code',
    (text) => {
      expect(readCode(formulaOf(CROSS), text)).toMatchObject({ ok: false });
    },
  );
});

describe('parts of functions', () => {
  const formula = formulaOf('fn mid(a) =\n    s = a + 1\n    return s\nx = mid(close)\nbuy(when: x > 1)\n');
  const all = fragmentOf(formula, new Set(Object.keys(formula.nodes)), new Map());
  const blocksOf = ({ nodes }: { readonly nodes: Formula['nodes'] }) => Object.values(nodes).map(({ block }) => block);

  test('parameters and results have no place outside of functions, and calls none without their function', () => {
    const fn = Object.keys(formula.nodes).find((id) => formula.nodes[id]?.block === 'fn') ?? '';
    expect(blocksOf(fittingPart(formula, all, null))).not.toContain('param');
    expect(blocksOf(fittingPart(formula, all, null))).not.toContain('result');
    expect(blocksOf(fittingPart(formula, all, fn))).toContain('param');
    const call = fragmentOf(formula, some(formula, 'x'), new Map());
    expect(blocksOf(fittingPart(formula, call, null))).toEqual(['call']);
    expect(blocksOf(fittingPart(formulaOf('y = sma(close, 3)\n'), call, null))).toEqual([]);
  });
});
