import {
  absolute,
  exactly,
  isAbove,
  isZero,
  minus,
  over,
  overNumber,
  plus,
  rootOf,
  times,
  ZERO,
  type Exact,
} from './exact.ts';

/** A column; null where there is no value, or none that doubles could find. */
export type Column = readonly (Exact | null)[];

export const columnOf = (numbers: ArrayLike<number>): Column =>
  Array.from(numbers, (x) => (Number.isFinite(x) ? exactly(x) : null));

export const total = (values: readonly Exact[]): Exact => values.reduce(plus, ZERO);

/** A measure of each whole window without a gap. */
export const rolling = (column: Column, period: number, measure: (window: readonly Exact[]) => Exact | null): Column =>
  column.map((_, bar) => {
    const window = column.slice(Math.max(0, bar - period + 1), bar + 1).filter((x) => x !== null);
    return bar + 1 < period || window.length < period ? null : measure(window);
  });

export const meanOf = (window: readonly Exact[]): Exact => overNumber(total(window), window.length);

/** Each value away from the newest: what is given is subtracted without a loss where an offset would take digits. */
export const awayFromNewest = (window: readonly Exact[]): readonly Exact[] => {
  const newest = window.at(-1) ?? ZERO;
  return window.map((x) => minus(x, newest));
};

const centred = (window: readonly Exact[]): readonly Exact[] => {
  const away = awayFromNewest(window);
  const mean = meanOf(away);
  return away.map((x) => minus(x, mean));
};

export const varianceOf = (window: readonly Exact[]): Exact => meanOf(centred(window).map((x) => times(x, x)));
export const covarianceOf = (xs: readonly Exact[], ys: readonly Exact[]): Exact => {
  const away = centred(ys);
  return meanOf(centred(xs).map((x, index) => times(x, away[index] ?? ZERO)));
};
export const deviationOf = (window: readonly Exact[]): Exact => rootOf(varianceOf(window));
export const meanDeviationOf = (window: readonly Exact[]): Exact => meanOf(centred(window).map(absolute));
/** How far the newest value lies above the mean, in deviations. */
export const scoreOf = (window: readonly Exact[]): Exact | null =>
  over(centred(window).at(-1) ?? ZERO, deviationOf(window));

/** The slope of the line of best fit, and its height `ahead` bars from the newest bar. */
export function slopeOf(window: readonly Exact[]): Exact {
  const middle = (window.length - 1) / 2;
  const product = total(centred(window).map((x, index) => times(exactly(index - middle), x)));
  return overNumber(product, (window.length * (window.length ** 2 - 1)) / 12);
}
export const heightOf = (window: readonly Exact[], ahead: number): Exact =>
  plus(
    plus(window.at(-1) ?? ZERO, meanOf(awayFromNewest(window))),
    times(slopeOf(window), exactly((window.length - 1) / 2 + ahead)),
  );

export function correlationOf(xs: readonly Exact[], ys: readonly Exact[]): Exact | null {
  const [x, y] = [deviationOf(xs), deviationOf(ys)];
  return isZero(x) || isZero(y) ? ZERO : over(covarianceOf(xs, ys), times(x, y));
}

export const largest = (window: readonly Exact[]): Exact => window.reduce((best, x) => (isAbove(x, best) ? x : best));
export const smallest = (window: readonly Exact[]): Exact => window.reduce((best, x) => (isAbove(best, x) ? x : best));

/** Cell by cell, null where one is. */
export const paired = (a: Column, b: Column, measure: (x: Exact, y: Exact) => Exact | null): Column =>
  a.map((x, bar) => {
    const y = b[bar] ?? null;
    return x === null || y === null ? null : measure(x, y);
  });
