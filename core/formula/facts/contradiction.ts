import type { Interval } from '../model/interval.ts';
import type { ValueNumber } from './value-numbers.ts';

/** One side of a comparison: which value it is, and within which bounds it lies. */
export interface Term {
  readonly value: ValueNumber;
  readonly range: Interval;
}

export interface Comparison {
  readonly left: Term;
  readonly relation: '<' | '<=' | '==' | '!=';
  readonly right: Term;
}

/** Something that is the case at a bar: comparisons that hold there, or that a condition is true, or is not. */
export interface Fact {
  readonly comparisons: readonly Comparison[];
  readonly condition?: { readonly value: ValueNumber; readonly holds: boolean };
}

/** More facts than this are not weighed against one another. */
export const MOST_FACTS = 24;

/**
 * The fewest of the facts that can't be the case at one bar; null when nothing is found. What is found is so:
 * comparisons that hold are between numbers, never with `na`, and floats are ordered as numbers are.
 */
export function contradictionAmong<F extends Fact>(facts: readonly F[]): readonly F[] | null {
  let core = facts.slice(0, MOST_FACTS);
  if (!contradict(core)) return null;
  for (const fact of core) {
    const rest = core.filter((other) => other !== fact);
    if (contradict(rest)) core = rest;
  }
  return core;
}

/** Whether a comparison can hold between numbers within these bounds, and whether it must. */
export function outcomeOf(
  a: Interval,
  relation: Comparison['relation'],
  b: Interval,
): { readonly isPossible: boolean; readonly isCertain: boolean } {
  switch (relation) {
    case '<':
      return { isPossible: a.min < b.max, isCertain: a.max < b.min };
    case '<=':
      return { isPossible: a.min <= b.max, isCertain: a.max <= b.min };
    case '==':
      return { isPossible: meet(a, b), isCertain: isOnly(a, b) };
    case '!=':
      return { isPossible: !isOnly(a, b), isCertain: !meet(a, b) };
  }
}

/** Whether some number lies within both. */
function meet(a: Interval, b: Interval): boolean {
  const [least, most] = [Math.max(a.min, b.min), Math.min(a.max, b.max)];
  return a.integer || b.integer ? Math.ceil(least) <= Math.floor(most) : least <= most;
}

/** Whether both are the same single number. */
const isOnly = (a: Interval, b: Interval): boolean => a.min === a.max && b.min === b.max && a.min === b.min;

function contradict(facts: readonly Fact[]): boolean {
  const comparisons = facts.flatMap((fact) => fact.comparisons);
  return conditionsClash(facts) || ordersClash(comparisons) || boundsClash(comparisons);
}

function conditionsClash(facts: readonly Fact[]): boolean {
  const known = new Map<ValueNumber, boolean>();
  return facts.some(({ condition }) => {
    if (!condition) return false;
    const before = known.get(condition.value);
    known.set(condition.value, condition.holds);
    return before !== undefined && before !== condition.holds;
  });
}

/** A value that is below itself, by however many others between. */
function ordersClash(comparisons: readonly Comparison[]): boolean {
  const above = new Map<ValueNumber, { readonly value: ValueNumber; readonly isStrict: boolean }[]>();
  const link = (low: Term, high: Term, isStrict: boolean) => {
    const known = above.get(low.value);
    if (known) known.push({ value: high.value, isStrict });
    else above.set(low.value, [{ value: high.value, isStrict }]);
  };
  for (const { left, relation, right } of comparisons) {
    if (relation === '!=' && left.value === right.value) return true;
    if (relation === '!=') continue;
    link(left, right, relation === '<');
    if (relation === '==') link(right, left, false);
  }
  return comparisons.some(({ left, relation, right }) => relation === '<' && reaches(above, right.value, left.value));
}

function reaches(
  above: ReadonlyMap<ValueNumber, readonly { readonly value: ValueNumber }[]>,
  start: ValueNumber,
  goal: ValueNumber,
): boolean {
  const seen = new Set([start]);
  for (const value of seen) {
    if (value === goal) return true;
    for (const next of above.get(value) ?? []) seen.add(next.value);
  }
  return false;
}

/** Bounds while they are narrowed; `minOpen`: not `min` itself. */
interface Range {
  min: number;
  max: number;
  minOpen: boolean;
  maxOpen: boolean;
  readonly integer: boolean;
}

/** Bounds that the comparisons narrow until nothing is left of one. */
function boundsClash(comparisons: readonly Comparison[]): boolean {
  const ranges = new Map<ValueNumber, Range>();
  const rangeOf = ({ value, range: { min, max, integer } }: Term): Range => {
    const known = ranges.get(value);
    if (known) return known;
    const fresh: Range = { min, max, minOpen: false, maxOpen: false, integer };
    ranges.set(value, fresh);
    return fresh;
  };
  // Each round carries bounds at least one comparison further.
  for (let round = 0; round <= comparisons.length; round += 1) {
    let narrowed = false;
    for (const { left, relation, right } of comparisons) {
      const [low, high] = [rangeOf(left), rangeOf(right)];
      if (relation === '!=') {
        if (isPoint(low) && isPoint(high) && low.min === high.min) return true;
        continue;
      }
      narrowed = order(low, high, relation === '<') || narrowed;
      if (relation === '==') narrowed = order(high, low, false) || narrowed;
      if (isEmpty(low) || isEmpty(high)) return true;
    }
    if (!narrowed) return false;
  }
  return false;
}

const isPoint = ({ min, max }: Range): boolean => min === max;

const isEmpty = ({ min, max, minOpen, maxOpen }: Range): boolean => min > max || (min === max && (minOpen || maxOpen));

/** Narrows both by `low < high` (or `<=`); whether anything has changed. */
function order(low: Range, high: Range, isStrict: boolean): boolean {
  const raised = raise(high, low.min, low.minOpen || isStrict);
  return lower(low, high.max, high.maxOpen || isStrict) || raised;
}

function raise(range: Range, min: number, open: boolean): boolean {
  if (min < range.min || (min === range.min && (range.minOpen || !open))) return false;
  if (range.integer && Number.isFinite(min)) {
    const whole = open ? Math.floor(min) + 1 : Math.ceil(min);
    if (whole === range.min && !range.minOpen) return false;
    range.min = whole;
    range.minOpen = false;
  } else {
    range.min = min;
    range.minOpen = open;
  }
  return true;
}

function lower(range: Range, max: number, open: boolean): boolean {
  if (max > range.max || (max === range.max && (range.maxOpen || !open))) return false;
  if (range.integer && Number.isFinite(max)) {
    const whole = open ? Math.ceil(max) - 1 : Math.floor(max);
    if (whole === range.max && !range.maxOpen) return false;
    range.max = whole;
    range.maxOpen = false;
  } else {
    range.max = max;
    range.maxOpen = open;
  }
  return true;
}
