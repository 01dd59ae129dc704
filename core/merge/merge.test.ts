import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignedIds } from '#core/diff/align.ts';
import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { sameArg } from '#core/formula/language/statements.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import { CROSSING } from '#core/formula/testing/crossing.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { merge, type Merge } from './merge.ts';

function formula(code: string): Formula {
  const { formula: read, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  return read;
}

type Replacement = readonly [from: string, to: string];
const edited = (...replacements: readonly Replacement[]): Formula =>
  formula(
    replacements.reduce((code, [from, to]) => {
      expect(code).toContain(from);
      return code.replace(from, to);
    }, CROSSING),
  );
const merging = (ours: readonly Replacement[], theirs: readonly Replacement[]): Merge =>
  merge(formula(CROSSING), edited(...ours), edited(...theirs));
const peaceful = ({ theirs }: Merge): Set<number> =>
  new Set(theirs.flatMap(({ conflicts }, place) => (conflicts.length === 0 ? [place] : [])));
const code = (merged: { readonly formula: Formula }) => print(merged.formula);
const after = (...replacements: readonly Replacement[]) => print(edited(...replacements));

describe('what two have changed', () => {
  test('in two places is taken together, each change a sentence', () => {
    const both = merging(
      [['fast = 10', 'fast = 12']],
      [
        ['size: 50%', 'size: 40%, stop: 2%'],
        ['200', '100'],
      ],
    );
    expect(both.ours.map(({ sentences }) => sentences)).toEqual([['fast 10 → 12']]);
    expect(both.theirs.flatMap(({ sentences }) => sentences)).toEqual([
      'trend: timePeriod 200 → 100',
      'buy: size 50% → 40%',
      'stop 2% added to buy',
    ]);
    expect(code(both.take(peaceful(both)))).toBe(
      after(['fast = 10', 'fast = 12'], ['size: 50%', 'size: 40%, stop: 2%'], ['200', '100']),
    );
    const some = both.theirs.findIndex(({ sentences }) => sentences.includes('stop 2% added to buy'));
    expect(code(both.take(new Set([some])))).toBe(
      after(['fast = 10', 'fast = 12'], ['size: 50%', 'size: 50%, stop: 2%']),
    );
  });

  test('in the same way is no conflict', () => {
    const same: readonly Replacement[] = [
      ['fast = 10', 'fast = 12'],
      ['trend = ema(close, 200)\n', 'strength = rsi(close, 14)\n'],
      ['close > 5', 'strength > 50'],
    ];
    const both = merging(same, same);
    expect(both.theirs.filter(({ isShared, conflicts }) => !isShared || conflicts.length > 0)).toEqual([]);
    expect(code(both.take(peaceful(both)))).toBe(after(...same));
  });

  test('in one argument is a conflict, ours until theirs is chosen', () => {
    const both = merging(
      [
        ['fast = 10', 'fast = 12'],
        ['200', '90'],
      ],
      [
        ['fast = 10', 'fast = 15'],
        ['50%', '60%'],
      ],
    );
    const conflict = both.theirs.findIndex(({ conflicts }) => conflicts.length > 0);
    expect(both.theirs[conflict]?.sentences).toEqual(['fast 10 → 15']);
    expect(both.theirs[conflict]?.conflicts.map((place) => both.ours[place]?.sentences)).toEqual([['fast 10 → 12']]);
    expect(code(both.take(peaceful(both)))).toBe(after(['fast = 10', 'fast = 12'], ['200', '90'], ['50%', '60%']));
    const all = both.take(new Set(both.theirs.keys()));
    expect(code(all)).toBe(after(['fast = 10', 'fast = 15'], ['200', '90'], ['50%', '60%']));
    expect(all.undone.map((place) => both.ours[place]?.sentences)).toEqual([['fast 10 → 12']]);
  });

  test('where one takes away what the other changes or uses', () => {
    for (const [ours, theirs] of [
      [[['trend = ema(close, 200)\n', '']], [['200', '100']]],
      [[['trend = ema(close, 200)\n', '']], [['close > 5', 'close > trend']]],
      [[['close > 5', 'close > trend']], [['trend = ema(close, 200)\n', '']]],
      [
        [[', size: 50%', ', size: 50%, stop: 5%']],
        [['buy(when: crossover(fastLine, slowLine) and close > 5, size: 50%)\n', '']],
      ],
    ] as const) {
      const both = merging(ours, theirs);
      expect(both.theirs.map(({ conflicts }) => conflicts.length)).toEqual([1]);
      expect(code(both.take(new Set()))).toBe(after(...ours));
      expect(code(both.take(new Set([0])))).toBe(after(...theirs));
    }
  });

  test('a change of the block and one of its argument exclude each other', () => {
    const both = merging([['trend = ema', 'trend = wma']], [['200', '100']]);
    expect(both.theirs.map(({ conflicts }) => conflicts)).toEqual([[0]]);
    expect(code(both.take(new Set([0])))).toBe(after(['200', '100']));
  });

  test('one name for two statements is a conflict', () => {
    const both = merging(
      [['trend = ema', 'power = rsi(close, 14)\ntrend = ema']],
      [['trend = ema', 'power = mfi(14)\ntrend = ema']],
    );
    expect(both.theirs.map(({ conflicts }) => conflicts.length)).toEqual([1]);
  });
});

describe('what a change needs', () => {
  const added = merging(
    [],
    [
      ['trend = ema', 'strength = rsi(close, 14)\ntrend = ema'],
      ['close > 5', 'strength > 50'],
    ],
  );

  test('a statement comes with what uses it', () => {
    const [statement, use] = ['strength = rsi(close, 14) added', 'buy: when'].map((begin) =>
      added.theirs.findIndex(({ sentences }) => sentences.some((sentence) => sentence.startsWith(begin))),
    );
    expect(added.theirs[use ?? -1]?.needs).toEqual([statement]);
    expect(added.take(new Set([use ?? -1]))).toMatchObject({ missing: [{ change: use, needs: [statement] }] });
    expect(code(added.take(new Set([use ?? -1])))).toBe(CROSSING);
    expect(code(added.take(new Set([statement ?? -1])))).toBe(
      after(['trend = ema', 'strength = rsi(close, 14)\ntrend = ema']),
    );
  });

  test('a statement goes only with what used it', () => {
    const gone = merging(
      [],
      [
        ['trend = ema(close, 200)\n', ''],
        ['fastLine = sma(close, fast)\n', ''],
        ['crossover(fastLine, slowLine) and ', ''],
        ['crossunder(fastLine, slowLine)', 'close < 2'],
      ],
    );
    const line = gone.theirs.findIndex(({ sentences }) => sentences.includes('fastLine removed'));
    expect(gone.theirs[line]?.needs.length).toBe(2);
  });
});

describe('laws', () => {
  const formulas = arbitraryFormula({ feeds: SOME_FEEDS });
  const changed = fc.record({ seed: fc.nat(), other: formulas });
  const triples = fc
    .record({ base: formulas, ours: changed, theirs: changed, isRelated: fc.nat(4) })
    .map(({ base, ours, theirs, isRelated }): [Formula, Formula, Formula] =>
      isRelated === 0 ? [base, ours.other, theirs.other] : [base, touched(base, ours), touched(base, theirs)],
    );
  const runs = { numRuns: Math.round(300 * SCALE) };

  test('with nothing of theirs ours stays; against an unchanged side the other side comes whole', () => {
    fc.assert(
      fc.property(triples, ([base, ours, theirs]) => {
        const both = merge(base, ours, theirs);
        expect(print(both.take(new Set()).formula)).toBe(print(ours));
        const alone = merge(base, base, theirs);
        expect(alone.theirs.flatMap(({ conflicts }) => conflicts)).toEqual([]);
        expect(print(alone.take(new Set(alone.theirs.keys())).formula)).toBe(print(theirs));
        const shared = merge(base, theirs, theirs);
        expect(shared.theirs.flatMap(({ conflicts }) => conflicts)).toEqual([]);
        expect(print(shared.take(new Set(shared.theirs.keys())).formula)).toBe(print(theirs));
      }),
      runs,
    );
  });

  test('without conflicts it makes no difference which side is ours, and neither loses anything', () => {
    fc.assert(
      fc.property(triples, ([base, ours, theirs]) => {
        const [one, other] = [merge(base, ours, theirs), merge(base, theirs, ours)];
        expect(one.theirs.some(({ conflicts }) => conflicts.length > 0)).toBe(
          other.theirs.some(({ conflicts }) => conflicts.length > 0),
        );
        fc.pre(one.theirs.every(({ conflicts }) => conflicts.length === 0));
        const merged = one.take(new Set(one.theirs.keys()));
        expect(print(merged.formula)).toBe(print(other.take(new Set(other.theirs.keys())).formula));
        if (alignedIds(base, ours).size > 0 || alignedIds(base, theirs).size > 0) return;
        for (const side of [ours, theirs])
          for (const [id, before] of Object.entries(base.nodes)) {
            const [node, after] = [nodeOf(side, id), nodeOf(merged.formula, id)];
            // A price is there where something uses it.
            if (!node && !isBareName(before.block)) expect(after).toBeUndefined();
            if (node && node.name !== before.name) expect(after?.name).toBe(node.name);
            for (const [port, arg] of Object.entries(node?.args ?? {}))
              if (!sameArg(arg, before.args[port])) expect(after?.args[port]).toEqual(arg);
          }
      }),
      runs,
    );
  });

  test('whatever is taken, no wire leads nowhere, what is missing is told, and the edits make it of ours', () => {
    fc.assert(
      fc.property(triples, fc.func(fc.boolean()), ([base, ours, theirs], isTaken) => {
        const both = merge(base, ours, theirs);
        const chosen = new Set([...both.theirs.keys()].filter((place) => isTaken(place)));
        const merged = both.take(chosen);
        for (const node of Object.values(merged.formula.nodes))
          for (const arg of Object.values(node.args))
            if (isRef(arg)) expect(nodeOf(merged.formula, arg.from)).toBeDefined();
        for (const { needs } of merged.missing) expect(needs.length).toBeGreaterThan(0);
        expect(print(applyEdits(ours, merged.edits))).toBe(print(merged.formula));
        for (const { sentences } of [...both.ours, ...both.theirs]) {
          expect(sentences.length).toBeGreaterThan(0);
          for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|\n/);
        }
      }),
      runs,
    );
  });
});

/** Some statements gone, some numbers and names others, some inputs of another formula at the end. */
function touched(base: Formula, { seed, other }: { readonly seed: number; readonly other: Formula }): Formula {
  const choose = (what: string): number => {
    let mixed = seed;
    for (const sign of what) mixed = Math.imul(mixed ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return (mixed >>> 7) % 12;
  };
  const gone = new Set(Object.keys(base.nodes).filter((id) => choose(`gone ${id}`) === 0));
  const isRenamed = (id: NodeId) => choose(`name ${id}`) === 0;
  const nodes = Object.entries(base.nodes)
    .filter(([id]) => !gone.has(id))
    .map(([id, node]): [NodeId, FormulaNode] => [
      id,
      {
        ...node,
        ...(node.name !== undefined && isRenamed(id) ? { name: `${node.name}x` } : {}),
        args: Object.fromEntries(
          Object.entries(node.args)
            .filter(([, arg]) => !isRef(arg) || !gone.has(arg.from))
            .map(([port, arg]) => [
              port,
              typeof arg === 'number' && choose(`${id} ${port}`) === 0 ? arg + choose(port) : arg,
            ]),
        ),
      },
    ]);
  const added = choose('added') > 3 ? [] : Object.entries(other.nodes).filter(([, { block }]) => block === 'input');
  return {
    ...base,
    nodes: Object.fromEntries([
      ...nodes,
      ...added.map(([id, node]): [NodeId, FormulaNode] => [
        `new${choose('id')}-${id}`,
        { ...node, name: `${node.name ?? ''}n` },
      ]),
    ]),
  };
}
