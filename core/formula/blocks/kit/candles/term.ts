import type { Candles } from './candles.ts';

/** Whether something is so of the candles. */
export type Condition = (candles: Candles) => boolean;

/** A price or a length of a candle, to be compared with another. */
export class Term {
  readonly of: (candles: Candles) => number;

  constructor(of: (candles: Candles) => number) {
    this.of = of;
  }

  plus(other: Term): Term {
    return new Term((candles) => this.of(candles) + other.of(candles));
  }

  minus(other: Term): Term {
    return new Term((candles) => this.of(candles) - other.of(candles));
  }

  times(other: Term | number): Term {
    return typeof other === 'number'
      ? new Term((candles) => this.of(candles) * other)
      : new Term((candles) => this.of(candles) * other.of(candles));
  }

  isAbove(other: Term): Condition {
    return (candles) => this.of(candles) > other.of(candles);
  }

  isBelow(other: Term): Condition {
    return (candles) => this.of(candles) < other.of(candles);
  }

  isAtLeast(other: Term): Condition {
    return (candles) => this.of(candles) >= other.of(candles);
  }

  isAtMost(other: Term): Condition {
    return (candles) => this.of(candles) <= other.of(candles);
  }

  is(other: Term): Condition {
    return (candles) => this.of(candles) === other.of(candles);
  }

  /** Within a distance of another, that distance included. */
  isWithin(distance: Term, other: Term): Condition {
    return all(this.isAtMost(other.plus(distance)), this.isAtLeast(other.minus(distance)));
  }

  isCloserThan(distance: Term, other: Term): Condition {
    return (candles) => Math.abs(this.of(candles) - other.of(candles)) < distance.of(candles);
  }
}

export const all =
  (...conditions: readonly Condition[]): Condition =>
  (candles) => {
    for (const holds of conditions) if (!holds(candles)) return false;
    return true;
  };

export const any =
  (...conditions: readonly Condition[]): Condition =>
  (candles) => {
    for (const holds of conditions) if (holds(candles)) return true;
    return false;
  };

/** Each above the one before. */
export const rising = (...terms: readonly Term[]): Condition =>
  all(...terms.slice(1).map((term, index) => term.isAbove(terms[index] ?? term)));
export const falling = (...terms: readonly Term[]): Condition =>
  all(...terms.slice(1).map((term, index) => term.isBelow(terms[index] ?? term)));
