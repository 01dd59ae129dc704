/**
 * A hair below a whole lot is that lot: 0.3 / 0.1 is 2.9999999999999996. Absolute for few lots; relative for many, as
 * much as money in 15 digits may be short of what more digits would have.
 */
const HAIR = 1e-9;
const RELATIVE_HAIR = 1 + 1e-14;

/** Whole lots as the decimals that people write: three lots of 0.1 are 0.3, not 0.30000000000000004. */
export class Lots {
  readonly #lot: number;
  /** The lot as a quotient of whole numbers, which one division rounds to the nearest double. */
  readonly #numerator: number;
  readonly #denominator: number;

  /** `lot` above 0. */
  constructor(lot: number) {
    const [digits = '', exponent = ''] = lot.toExponential().split('e');
    const places = digits.replace('.', '').length - 1 - Number(exponent);
    this.#lot = lot;
    this.#denominator = places > 0 ? Number(`1e${places}`) : 1;
    this.#numerator = places > 0 ? Number(digits.replace('.', '')) : lot;
  }

  /** The most whole lots that are no more than so many units. */
  floor(units: number): number {
    return this.#units(Math.floor((units / this.#lot) * RELATIVE_HAIR + HAIR));
  }

  /** A sum of whole lots, without the errors of adding them up. */
  round(units: number): number {
    return this.#units(Math.round(units / this.#lot));
  }

  #units(count: number): number {
    return (count * this.#numerator) / this.#denominator;
  }
}
