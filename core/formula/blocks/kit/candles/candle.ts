import type { SettingName } from './settings.ts';
import { all, Term, type Condition } from './term.ts';

/** A candle of a pattern, in the words of TA-Lib's descriptions. "White" rises or stands still, "black" falls. */
export class Candle {
  readonly open: Term;
  readonly high: Term;
  readonly low: Term;
  readonly close: Term;
  /** The ends of the body. */
  readonly top: Term;
  readonly bottom: Term;
  /** Lengths. */
  readonly body: Term;
  readonly range: Term;
  readonly upperShadow: Term;
  readonly lowerShadow: Term;
  readonly isWhite: Condition;
  readonly isBlack: Condition;
  readonly #usual: (setting: SettingName) => Term;

  /** `usual`: a length that is usual around this candle. */
  constructor(age: number, usual: (setting: SettingName) => Term) {
    this.open = new Term((candles) => candles.openOf(age));
    this.high = new Term((candles) => candles.highOf(age));
    this.low = new Term((candles) => candles.lowOf(age));
    this.close = new Term((candles) => candles.closeOf(age));
    this.top = new Term((candles) => candles.topOf(age));
    this.bottom = new Term((candles) => candles.bottomOf(age));
    this.body = new Term((candles) => candles.measure('body', age));
    this.range = new Term((candles) => candles.measure('range', age));
    this.upperShadow = new Term((candles) => candles.highOf(age) - candles.topOf(age));
    this.lowerShadow = new Term((candles) => candles.bottomOf(age) - candles.lowOf(age));
    this.isWhite = (candles) => candles.closeOf(age) >= candles.openOf(age);
    this.isBlack = (candles) => candles.closeOf(age) < candles.openOf(age);
    this.#usual = usual;
  }

  get near(): Term {
    return this.#usual('near');
  }

  get far(): Term {
    return this.#usual('far');
  }

  get equal(): Term {
    return this.#usual('equal');
  }

  /** The longest body that still is a doji here. */
  get doji(): Term {
    return this.#usual('dojiBody');
  }

  get isLong(): Condition {
    return this.body.isAbove(this.#usual('longBody'));
  }

  get isShort(): Condition {
    return this.body.isAtMost(this.#usual('shortBody'));
  }

  get isNotShort(): Condition {
    return this.body.isAbove(this.#usual('shortBody'));
  }

  /** Shorter than a body that only just counts as short. */
  get isSmall(): Condition {
    return this.body.isBelow(this.#usual('shortBody'));
  }

  get isDoji(): Condition {
    return this.body.isAtMost(this.doji);
  }

  get hasUpperShadow(): Condition {
    return this.upperShadow.isAbove(this.#usual('veryShortShadow'));
  }

  get hasLowerShadow(): Condition {
    return this.lowerShadow.isAbove(this.#usual('veryShortShadow'));
  }

  get hasNoUpperShadow(): Condition {
    return this.upperShadow.isBelow(this.#usual('veryShortShadow'));
  }

  get hasNoLowerShadow(): Condition {
    return this.lowerShadow.isBelow(this.#usual('veryShortShadow'));
  }

  get hasNoShadows(): Condition {
    return all(this.hasNoUpperShadow, this.hasNoLowerShadow);
  }

  get hasShortUpperShadow(): Condition {
    return this.upperShadow.isBelow(this.#usual('shortShadow'));
  }

  get hasShortLowerShadow(): Condition {
    return this.lowerShadow.isBelow(this.#usual('shortShadow'));
  }

  /** The opposite of a short upper shadow. */
  get hasNotableUpperShadow(): Condition {
    return this.upperShadow.isAbove(this.#usual('shortShadow'));
  }

  get hasLongUpperShadow(): Condition {
    return this.upperShadow.isAbove(this.#usual('longShadow'));
  }

  get hasLongLowerShadow(): Condition {
    return this.lowerShadow.isAbove(this.#usual('longShadow'));
  }

  get hasVeryLongUpperShadow(): Condition {
    return this.upperShadow.isAbove(this.#usual('veryLongShadow'));
  }

  get hasVeryLongLowerShadow(): Condition {
    return this.lowerShadow.isAbove(this.#usual('veryLongShadow'));
  }

  /** A higher high and a higher low. */
  isHigherThan(other: Candle): Condition {
    return all(this.high.isAbove(other.high), this.low.isAbove(other.low));
  }

  isLowerThan(other: Candle): Condition {
    return all(this.high.isBelow(other.high), this.low.isBelow(other.low));
  }

  /** A lower high and a higher low. */
  isInside(other: Candle): Condition {
    return all(this.high.isBelow(other.high), this.low.isAbove(other.low));
  }

  /** A gap between the candles, shadows included. */
  isAbove(other: Candle): Condition {
    return this.low.isAbove(other.high);
  }

  isBelow(other: Candle): Condition {
    return this.high.isBelow(other.low);
  }

  /** A gap between the bodies. */
  bodyIsAbove(other: Candle): Condition {
    return this.bottom.isAbove(other.top);
  }

  bodyIsBelow(other: Candle): Condition {
    return this.top.isBelow(other.bottom);
  }

  bodyIsInside(other: Candle): Condition {
    return all(this.top.isBelow(other.top), this.bottom.isAbove(other.bottom));
  }

  /** A part of the body lies within the range of the other. */
  bodyReachesInto(other: Candle): Condition {
    return all(this.bottom.isBelow(other.high), this.top.isAbove(other.low));
  }

  /** Within the body of the other. */
  opensInside(other: Candle): Condition {
    return all(this.open.isBelow(other.top), this.open.isAbove(other.bottom));
  }

  closesInside(other: Candle): Condition {
    return all(this.close.isBelow(other.top), this.close.isAbove(other.bottom));
  }

  opensInsideOrNear(other: Candle): Condition {
    return all(this.open.isAtLeast(other.bottom.minus(other.near)), this.open.isAtMost(other.top.plus(other.near)));
  }
}

export const white = (...candles: readonly Candle[]): Condition => all(...candles.map(({ isWhite }) => isWhite));
export const black = (...candles: readonly Candle[]): Condition => all(...candles.map(({ isBlack }) => isBlack));
