import {
  ANYTHING,
  between,
  either,
  exactly,
  isEmpty,
  worst,
  type Bounds,
  type Interval,
} from '../../model/interval.ts';

/**
 * Bounds of blocks by those of their inputs. Only what float arithmetic keeps: sums, products and roots round in order,
 * powers may not.
 */

export const sumBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  return between([a.min + b.min, a.max + b.max], [a, b], a.integer && b.integer);
};

export const differenceBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  return between([a.min - b.max, a.max - b.min], [a, b], a.integer && b.integer);
};

/** No value is infinite, so that nothing times an end without bounds is nothing. */
const times = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);

export const productBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  return between(
    [times(a.min, b.min), times(a.min, b.max), times(a.max, b.min), times(a.max, b.max)],
    [a, b],
    a.integer && b.integer,
  );
};

/** Dividing by zero is `na`. */
export const quotientBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  if (b.min <= 0 && b.max >= 0 && !isEmpty(a)) {
    // Only where the divisor has a sign, and what is divided too, has the quotient one.
    const isAbove = (b.min === 0 && a.min >= 0) || (b.max === 0 && a.max <= 0);
    const isBelow = (b.min === 0 && a.max <= 0) || (b.max === 0 && a.min >= 0);
    return { min: isAbove ? 0 : -Infinity, max: isBelow ? 0 : Infinity, integer: false, missing: 'anywhere' };
  }
  const over = (x: number, y: number) => (x === 0 || !Number.isFinite(y) ? 0 : x / y);
  return between([over(a.min, b.min), over(a.min, b.max), over(a.max, b.min), over(a.max, b.max)], [a, b]);
};

export const negatedBounds: Bounds = (of) => {
  const x = of('x');
  return { ...x, min: -x.max, max: -x.min };
};

export const powerBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  // Whatever it is, to the power of 0 it is 1, missing or not.
  if (isEmpty(a) || isEmpty(b)) return ANYTHING;
  const isEven = b.min === b.max && b.min % 2 === 0;
  return between([a.min >= 0 || isEven ? 0 : -Infinity, Infinity], [a, b]);
};

export const absoluteBounds: Bounds = (of) => {
  const x = of('x');
  return { ...x, min: Math.max(0, x.min, -x.max), max: Math.max(-x.min, x.max) };
};

export const smallerBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  return { ...either(a, b), max: Math.min(a.max, b.max) };
};

export const largerBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  return { ...either(a, b), min: Math.max(a.min, b.min) };
};

export const clampedBounds: Bounds = (of) => {
  const [x, low, high] = [of('x'), of('low'), of('high')];
  const clamp = (end: 'min' | 'max') => Math.min(Math.max(x[end], low[end]), high[end]);
  return {
    min: clamp('min'),
    max: clamp('max'),
    integer: x.integer && low.integer && high.integer,
    missing: worst([x.missing, low.missing, high.missing]),
  };
};

/** Whole numbers leave whole numbers; how far rounding carries a remainder is not said. */
export const remainderBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  return between([-Infinity, Infinity], [a, b], a.integer && b.integer);
};

export const roundedBounds =
  (round: (x: number) => number): Bounds =>
  (of) => {
    const x = of('x');
    return { ...x, min: round(x.min), max: round(x.max), integer: true };
  };

export const rootBounds: Bounds = (of) => {
  const x = of('x');
  return between(
    [Math.sqrt(Math.max(0, x.min)), Math.sqrt(Math.max(0, x.max))],
    [{ ...x, missing: x.min < 0 ? 'anywhere' : x.missing }],
  );
};

export const exponentialBounds: Bounds = (of) => between([0, Infinity], [of('x')]);

const isTrue = ({ min, missing }: Interval): boolean => min === 1 && missing === 'never';
const canBeTrue = ({ max }: Interval): boolean => max >= 1;
const truth = (canBe: boolean, always: boolean): Interval => ({
  min: always ? 1 : 0,
  max: canBe ? 1 : 0,
  integer: true,
  missing: 'never',
});

export const bothBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  return truth(canBeTrue(a) && canBeTrue(b), isTrue(a) && isTrue(b));
};

export const eitherBounds: Bounds = (of) => {
  const [a, b] = [of('a'), of('b')];
  return truth(canBeTrue(a) || canBeTrue(b), isTrue(a) || isTrue(b));
};

export const oppositeBounds: Bounds = (of) => truth(!isTrue(of('x')), !canBeTrue(of('x')));

export const choiceBounds: Bounds = (of) => {
  const cond = of('cond');
  if (isTrue(cond)) return of('a');
  return canBeTrue(cond) ? either(of('a'), of('b')) : of('b');
};

export const replacedBounds: Bounds = (of) => {
  const x = of('x');
  return x.missing === 'never' ? x : either({ ...x, missing: 'never' }, of('y'));
};

const early = (x: Interval): Interval => ({ ...x, missing: worst(['early', x.missing]) });

export const pastBounds: Bounds = (of) => early(of('x'));

/** A value of the window. */
export const windowBounds: Bounds = (of) => early(of('source'));

/**
 * A sum gathers rounding errors: an average of values between bounds stays between them but for a millionth of their
 * size.
 */
const DRIFT = 1e-6;

export const averageBounds: Bounds = (of) => {
  const source = of('source');
  const slack = DRIFT * Math.max(Math.abs(source.min), Math.abs(source.max));
  const isBounded = Number.isFinite(slack);
  return {
    min: isBounded ? source.min - slack : -Infinity,
    max: isBounded ? source.max + slack : Infinity,
    integer: false,
    missing: worst(['early', source.missing]),
  };
};

export const heldBounds: Bounds = (of) => ({ ...of('source'), missing: 'anywhere' });

export const countUpBounds: Bounds = () => ({ min: 0, max: Infinity, integer: true, missing: 'anywhere' });

export const countBounds: Bounds = (of) => ({ ...exactly(0), max: of('timePeriod').max, missing: 'early' });
