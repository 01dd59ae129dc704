import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataflowOrder } from '#core/formula/facts/dataflow-order.ts';
import { EMPTY_FORMULA, MOST_NODES, type Formula, type FormulaNode } from '#core/formula/model/formula.ts';
import { repairFormula } from './repair.ts';

const formulaOf = (nodes: Record<string, FormulaNode>): Formula => ({ ...EMPTY_FORMULA, nodes });
const node = (...from: string[]): FormulaNode => ({
  block: 'add',
  args: Object.fromEntries(from.map((id, i) => [i === 0 ? 'a' : 'b', { from: id }])),
});
const many = (count: number, make: (index: number) => FormulaNode): Formula =>
  formulaOf(Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, make(i)])));

describe('repairFormula', () => {
  it('cuts the wire into the largest id of a circle', () => {
    const { repairs } = repairFormula(formulaOf({ a: node('c'), b: node('a'), c: node('b') }));
    expect(repairs).toEqual([{ kind: 'cutWire', nodeId: 'c', port: 'a', from: 'b' }]);
  });

  it('leaves no circle, cuts nothing that closes none, and depends on nothing but the formula', () => {
    const graphs = fc
      .array(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 1, maxLength: 12 })
      .map((sources) =>
        sources.map(([a, b], i) => [`n${i}`, node(`n${a % sources.length}`, `n${b % sources.length}`)] as const),
      );
    fc.assert(
      fc.property(graphs, (entries) => {
        const { formula, repairs } = repairFormula(formulaOf(Object.fromEntries(entries)));
        expect(dataflowOrder(formula).stuck).toEqual([]);
        for (const repair of repairs) {
          if (repair.kind !== 'cutWire') continue;
          const { nodeId, port, from } = repair;
          const before = formula.nodes[nodeId];
          const again = { ...formula.nodes, [nodeId]: { block: 'add', args: { ...before?.args, [port]: { from } } } };
          expect(dataflowOrder(formulaOf(again)).stuck).not.toEqual([]);
        }
        expect(repairFormula(formulaOf(Object.fromEntries([...entries].reverse()))).repairs).toEqual(repairs);
      }),
    );
  });

  // A second on a machine at rest; the quadratic way took minutes.
  it('is done soon with the largest formulas', { timeout: 120_000 }, () => {
    const n = 2 * MOST_NODES;
    const shapes = [
      many(n, (i) => node(`n${(i + 1) % n}`)),
      many(n, (i) => node(`n${(i + 1) % n}`, `n${(i * 7) % n}`)),
      many(n, (i) => node(`n${i ^ 1}`)),
      many(n, () => node('n0', 'n1')),
      many(n, () => ({ block: 'atr', name: 'same', args: {} })),
    ];
    for (const shape of shapes) expect(dataflowOrder(repairFormula(shape).formula).stuck).toEqual([]);
  });
});
