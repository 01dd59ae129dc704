import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Interval } from '../model/interval.ts';
import { contradictionAmong, type Comparison, type Fact, type Term } from './contradiction.ts';

/** Halves between whole numbers stand for all that lies between them. */
const DOMAIN = [-1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3];
const VALUES = 3;

const arbitraryRange: fc.Arbitrary<Interval> = fc
  .tuple(fc.constantFrom(-Infinity, -1, 0, 0.5, 1), fc.constantFrom(1, 1.5, 2, 3, Infinity), fc.boolean())
  .map(([min, max, integer]) => ({ min, max, integer, missing: 'never' }));

/** Facts about three values and some constants. */
const arbitraryFacts = fc.array(arbitraryRange, { minLength: VALUES, maxLength: VALUES }).chain((ranges) => {
  const term: fc.Arbitrary<Term> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.nat(VALUES - 1).map((value) => ({
        value,
        range: ranges[value] ?? { min: 0, max: 0, integer: false, missing: 'never' as const },
      })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(0, 0.5, 1, 2).map((constant) => ({
        value: 100 + constant,
        range: { min: constant, max: constant, integer: Number.isInteger(constant), missing: 'never' as const },
      })),
    },
  );
  const comparison: fc.Arbitrary<Comparison> = fc.record({
    left: term,
    relation: fc.constantFrom('<', '<=', '==', '!='),
    right: term,
  });
  const condition = fc.record({ value: fc.nat(2).map((value) => 1000 + value), holds: fc.boolean() });
  return fc.record({
    ranges: fc.constant(ranges),
    facts: fc.array(
      fc.record<Fact>(
        { comparisons: fc.array(comparison, { maxLength: 2 }), condition },
        { requiredKeys: ['comparisons'] },
      ),
      { maxLength: 6 },
    ),
  });
});

const isIn = (value: number, { min, max, integer }: Interval): boolean =>
  value >= min && value <= max && (!integer || Number.isInteger(value));

/** Whether some values within the ranges make all the facts true, by trying all of them. */
function isSatisfiable(ranges: readonly Interval[], facts: readonly Fact[]): boolean {
  const conditions = new Map<number, boolean>();
  for (const { condition } of facts) {
    if (!condition) continue;
    if ((conditions.get(condition.value) ?? condition.holds) !== condition.holds) return false;
    conditions.set(condition.value, condition.holds);
  }
  const tries = (values: readonly number[]): boolean => {
    if (values.length < VALUES)
      return DOMAIN.some(
        (value) =>
          isIn(value, ranges[values.length] ?? { min: 0, max: 0, integer: false, missing: 'never' }) &&
          tries([...values, value]),
      );
    const of = ({ value }: Term) => values[value] ?? value - 100;
    return facts.every(({ comparisons }) =>
      comparisons.every(({ left, relation, right }) => {
        const [a, b] = [of(left), of(right)];
        return { '<': a < b, '<=': a <= b, '==': a === b, '!=': a !== b }[relation];
      }),
    );
  };
  return tries([]);
}

describe('a contradiction', () => {
  test('is one, and all of it is needed', () => {
    fc.assert(
      fc.property(arbitraryFacts, ({ ranges, facts }) => {
        const core = contradictionAmong(facts);
        if (!core) return;
        expect(isSatisfiable(ranges, core)).toBe(false);
        for (const fact of core) expect(contradictionAmong(core.filter((other) => other !== fact))).toBeNull();
      }),
      { numRuns: 1000 * SCALE },
    );
  });

  test('is found among orders and bounds, however long the way round', () => {
    const value = (index: number, min = -Infinity, max = Infinity, integer = false): Term => ({
      value: index,
      range: { min, max, integer, missing: 'never' },
    });
    const fact = (left: Term, relation: Comparison['relation'], right: Term): Fact => ({
      comparisons: [{ left, relation, right }],
    });
    const chain = Array.from({ length: 8 }, (_, index) => fact(value(index), '<=', value(index + 1)));
    expect(contradictionAmong([...chain, fact(value(8), '<', value(0))])).toHaveLength(9);
    expect(contradictionAmong([...chain, fact(value(8), '<=', value(0))])).toBeNull();
    expect(
      contradictionAmong([...chain, fact(value(8), '<', value(50, 3, 3)), fact(value(51, 3, 3), '<=', value(0))]),
    ).toHaveLength(10);
    expect(
      contradictionAmong([
        fact(value(51, 5, 5), '<', value(0, -Infinity, Infinity, true)),
        fact(value(0, -Infinity, Infinity, true), '<', value(52, 6, 6)),
      ]),
    ).toHaveLength(2);
    expect(contradictionAmong([fact(value(51, 5, 5), '<', value(0)), fact(value(0), '<', value(52, 6, 6))])).toBeNull();
  });
});
