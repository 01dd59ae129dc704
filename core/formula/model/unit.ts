/**
 * What a number is a number of. `percent` is a fraction that says so (`5%` is 0.05), `points` are of a hundred (an RSI
 * of 30, a ROC of 5), `plain` is any other pure number. Prices, volumes (units traded or held) and money are what they
 * say; a `distance` lies between two prices (an ATR).
 */
export type Unit = 'percent' | 'points' | 'plain' | 'price' | 'distance' | 'volume' | 'money';

/**
 * A unit as far as it is known: `na` and the literal 0 are of any, `mixed` is a percentage at some bars and another
 * number at others. What is `priced` is a price or a distance: `close * 5%` is one as well as `close * 95%`.
 */
export type Measure = Unit | 'priced' | 'any' | 'mixed' | 'unknown';

/**
 * How a block's unit follows from those of what it takes: `same` when it gives such as it takes (the highest, the
 * average, one of two), `spread` when it says how far such lie apart, `pure` when it makes pure numbers of pure numbers
 * (a logarithm), the others by arithmetic. A unit by itself is that unit.
 */
export type UnitRule = Unit | 'same' | 'spread' | 'pure' | 'sum' | 'difference' | 'product' | 'quotient';

export const measureOf = (rule: UnitRule | undefined, inputs: readonly Measure[]): Measure => {
  const [a = 'any', b = 'any'] = inputs;
  switch (rule) {
    case undefined:
      return 'unknown';
    case 'same':
      return inputs.reduce<Measure>(oneOf, 'any');
    case 'spread':
      return isPriced(a) ? 'distance' : a;
    case 'pure':
      return inputs.every(isPure) ? 'plain' : 'unknown';
    case 'sum':
      return a === 'price' && b === 'price' ? 'priced' : sumOf(a, b);
    case 'difference':
      return a === 'price' && b === 'price' ? 'distance' : a === 'distance' && b === 'price' ? 'priced' : sumOf(a, b);
    case 'product':
      return productOf(a, b);
    case 'quotient':
      return quotientOf(a, b);
    default:
      return rule;
  }
};

/** Whether a number has no unit of its own: it multiplies anything. */
const isPure = (measure: Measure): boolean =>
  measure === 'percent' || measure === 'points' || measure === 'plain' || measure === 'any' || measure === 'mixed';

const isPriced = (measure: Measure): boolean => measure === 'price' || measure === 'distance' || measure === 'priced';

/** Either of the two. A plain number beside a price is a price (`where(up, close, 100)`). */
function oneOf(a: Measure, b: Measure): Measure {
  if (a === b || b === 'any') return a;
  if (a === 'any') return b;
  if (isPriced(a) && isPriced(b)) return 'priced';
  if (a === 'percent' || b === 'percent' || a === 'mixed' || b === 'mixed') return 'mixed';
  if (a === 'plain') return b;
  return b === 'plain' ? a : 'unknown';
}

/** Their sum or difference. `1 - 5%` is a plain number, `100% - 5%` a percentage. */
function sumOf(a: Measure, b: Measure): Measure {
  if (a === b || b === 'any') return a;
  if (a === 'any') return b;
  if (isPriced(a) && isPriced(b)) return a === 'priced' || b === 'priced' ? 'priced' : 'price';
  if (a === 'mixed' || b === 'mixed') return 'mixed';
  if (a === 'percent' || a === 'plain') return b === 'percent' ? a : b;
  return b === 'percent' || b === 'plain' ? a : 'unknown';
}

function productOf(a: Measure, b: Measure): Measure {
  if (isPure(a)) return scaled(b, a);
  if (isPure(b)) return scaled(a, b);
  return (isPriced(a) && b === 'volume') || (a === 'volume' && isPriced(b)) ? 'money' : 'unknown';
}

/** A part of a percentage is a percentage, and a part of a distance a distance. */
function scaled(measure: Measure, factor: Measure): Measure {
  if (measure === 'price') return 'priced';
  if (!isPure(measure)) return measure;
  if (measure === 'mixed' || factor === 'mixed') return 'mixed';
  if (measure === 'percent' || factor === 'percent') return 'percent';
  return measure === 'points' || factor === 'points' ? (measure === factor ? 'plain' : 'points') : 'plain';
}

function quotientOf(a: Measure, b: Measure): Measure {
  if (a === 'mixed') return isPure(b) ? 'mixed' : 'unknown';
  if (isPure(b)) return a === 'any' || (a === b && a !== 'unknown') ? 'plain' : a === 'price' ? 'priced' : a;
  if (isPriced(a) && isPriced(b)) return 'plain';
  if (a === b) return a === 'unknown' ? 'unknown' : 'plain';
  if (a === 'money') return isPriced(b) ? 'volume' : b === 'volume' ? 'priced' : 'unknown';
  return 'unknown';
}
