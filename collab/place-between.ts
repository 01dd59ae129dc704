/**
 * Places in an order, as strings: between any two there is room for another, so moving a statement changes nothing but
 * its own place. Digits of base 62 after an imagined point, compared as plain strings, never ending in `0`. Two people
 * who insert at the same spot get the same place; ids decide then.
 */
export type Place = string;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
/** Places at either end count up and down in these first digits, so that writing line after line keeps them short. */
const COUNTER = 4;
const MIDDLE = 'V';

/** Longer ones are not made by this module. */
const LONGEST = 4096;
export const isPlace = (value: unknown): value is Place =>
  typeof value === 'string' && value.length <= LONGEST && /^[0-9A-Za-z]*[1-9A-Za-z]$/.test(value);

/** A place after `before` and before `after`; null is the end on that side. `before` must be less than `after`. */
export function placeBetween(before: Place | null, after: Place | null): Place {
  if (before === null && after === null) return fromCounter(BASE ** COUNTER / 2) ?? MIDDLE;
  if (after === null) return fromCounter(toCounter(before ?? '') + 1) ?? midpoint(before ?? '', null);
  if (before === null) return fromCounter(toCounter(after) - 1) ?? midpoint('', after);
  return midpoint(before, after);
}

/** `count` places in order. */
export function places(count: number): Place[] {
  const made: Place[] = [];
  for (let i = 0; i < count; i++) made.push(placeBetween(made.at(-1) ?? null, null));
  return made;
}

function toCounter(place: Place): number {
  let counter = 0;
  for (let i = 0; i < COUNTER; i++) counter = counter * BASE + digit(place, i);
  return counter;
}

/** Null outside the counter's range. The last digit keeps the place from ending in `0`. */
function fromCounter(counter: number): Place | null {
  if (counter < 0 || counter >= BASE ** COUNTER) return null;
  let text = '';
  for (let rest = counter, i = 0; i < COUNTER; i++, rest = Math.floor(rest / BASE)) text = char(rest % BASE) + text;
  return text + MIDDLE;
}

const digit = (place: Place, at: number): number => (at < place.length ? DIGITS.indexOf(place.charAt(at)) : 0);
const char = (value: number): string => DIGITS.charAt(value);

/** Strictly between, `after` null being 1. Never a prefix of `after`. */
function midpoint(before: Place, after: Place | null): Place {
  let prefix = '';
  let low: Place = before;
  let high: Place | null = after;
  for (;;) {
    const from = digit(low, 0);
    const to = high === null ? BASE : digit(high, 0);
    if (to - from > 1) return prefix + char(Math.floor((from + to) / 2));
    prefix += char(from);
    low = low.slice(1);
    high = high === null || to > from ? null : high.slice(1);
  }
}
