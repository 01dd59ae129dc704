import { err, ok, type Result } from '#core/result/result.ts';

/** A number as a person typed it. */
export interface TypedNumber {
  /** The number that was written: 5 for `5%`. */
  readonly value: number;
  readonly isPercent: boolean;
}

const NO_NUMBER = 'A number belongs here, such as 14 or 0.5.';

/**
 * Reads a number as people write numbers: `1000.5`, `0,5`, `1 000,50`, `10.000,50`, `1'000`, `−3`, `2.5 %`, `1e5`.
 * Where two readings are usual (`1,000` is a thousand to some, and 1 to others) the number is refused, in words, since
 * a guess may be a thousand times the number.
 */
export function readNumber(text: string): Result<TypedNumber, string> {
  const [, sign = '', digits = '', exponent = '', percent = ''] =
    /^([-+−]?)\s*([\d.,\s_'’]*?)(e[-+]?\d{1,3})?\s*(%?)$/iu.exec(text.trim()) ?? [];
  if (!/\d/.test(digits)) return err(text.trim() === '%' ? 'A number belongs before the %, such as 5%.' : NO_NUMBER);
  const plain = plainDigits(digits.trim());
  if (!plain.ok) return plain;
  const value = Number(`${sign === '−' ? '-' : sign}${plain.value}${exponent}`);
  return Number.isFinite(value)
    ? ok({ value: value + 0, isPercent: percent !== '' })
    : err('That number is too large.');
}

/** Digits with at the most a point as the decimal sign. */
function plainDigits(digits: string): Result<string, string> {
  const spaced = /[\s_'’]/.test(digits);
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
  const sign = digits[last];
  if (sign === undefined) return grouped(digits, null);
  const [whole, fraction] = [digits.slice(0, last), digits.slice(last + 1)];
  if (/[^\d]/.test(fraction)) return err(NO_NUMBER);
  const other = sign === ',' ? '.' : ',';
  const before = whole.includes(sign);
  // The same sign again: it parts thousands, and so there is no decimal sign.
  if (before) return spaced || whole.includes(other) ? err(NO_NUMBER) : grouped(digits, sign);
  if (!spaced && !whole.includes(other) && isAmbiguous(whole, fraction, sign))
    return err(ambiguity(whole, fraction, sign));
  const read = whole === '' ? ok('0') : grouped(whole, whole.includes(other) ? other : null);
  return read.ok ? ok(fraction === '' ? read.value : `${read.value}.${fraction}`) : read;
}

/**
 * Whether the sign may part thousands as well as a fraction. The point is the decimal sign of the language: nobody
 * writes 1.500 for 1.5 there.
 */
const isAmbiguous = (whole: string, fraction: string, sign: string): boolean =>
  /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3 && (sign === ',' || fraction.endsWith('0'));

function ambiguity(whole: string, fraction: string, sign: string): string {
  const asFraction = Number(`${whole}.${fraction}`);
  const doubtful = sign === ',' ? 'comma' : 'point before three digits';
  return `${whole}${sign}${fraction} can be read as ${whole}${fraction} and as ${asFraction}: write the number that you mean without a ${doubtful}.`;
}

/** Whole digits, whose groups are of three: nobody means 14 by `1 4`. */
function grouped(digits: string, sign: string | null): Result<string, string> {
  const separators = new Set(digits.replaceAll(/\d/g, '').replaceAll(/\s/g, ' '));
  if (separators.size === 0) return ok(digits);
  const [separator] = separators;
  const groups = digits.split(/\D/);
  const isGrouped =
    separators.size === 1 &&
    (sign === null || separator === sign) &&
    groups.every((group, index) => (index === 0 ? /^\d{1,3}$/.test(group) : /^\d{3}$/.test(group)));
  return isGrouped ? ok(groups.join('')) : err(`${NO_NUMBER} Digits are parted in groups of three, or not at all.`);
}
