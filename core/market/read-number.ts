/** How a file writes numbers: which sign stands before the fraction, and whether the other one parts thousands. */
export type NumberStyle = 'point' | 'comma';

/** What is only sign beside the number. */
const ORNAMENT = /[$€£¥\s'\u00A0\u202F]/g;
const MISSING = /^(|-|–|n\/?a|nan|null|none)$/i;
const SUFFIX: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

const BOTH = /\d[.,]\d.*[.,]/;
const THOUSANDS = /^[+-]?\d{1,3}([.,]\d{3})+$/;
const POINTED_THOUSANDS = /^[+-]?\d{1,3}(\.\d{3}){2,}$/;

/**
 * The style of a file's numbers by all that are known of them; `ambiguous` where each comma has three digits behind it and no point says what it is:
 * 1,234 may be a thousand or one.
 */
export function numberStyleOf(texts: readonly string[]): NumberStyle | 'ambiguous' {
  let [isUnsure, hasPoint] = [false, false];
  for (const text of texts) {
    const number = text.replaceAll(ORNAMENT, '').replace(/[kmbt%]$/i, '');
    const [comma, point] = [number.lastIndexOf(','), number.lastIndexOf('.')];
    if (comma < 0) {
      // Two points part thousands.
      if (POINTED_THOUSANDS.test(number)) return 'comma';
      if (point >= 0) hasPoint = true;
      continue;
    }
    if (BOTH.test(number) && point >= 0) return comma > point ? 'comma' : 'point';
    if (number.indexOf(',') !== comma) return 'point';
    if (!THOUSANDS.test(number) || number.startsWith('0')) return 'comma';
    isUnsure = true;
  }
  return !isUnsure || hasPoint ? 'point' : 'ambiguous';
}

/** A number as the file writes it; NaN for what is none. `1.5M` is a million and a half. */
export function readNumber(text: string, style: NumberStyle): number {
  const plain = style === 'point' && text !== '' ? Number(text) : Number.NaN;
  // To JavaScript a space is 0, and 0x1, 0o1 and 0b1 are numbers.
  return plain === plain && text.charCodeAt(0) > 32 && !(text.charCodeAt(1) > 57) ? plain : readOrnate(text, style);
}

const POINT = /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?(e[+-]?\d+)?$/i;
const COMMA = /^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?(e[+-]?\d+)?$/i;

function readOrnate(text: string, style: NumberStyle): number {
  const number = text.replaceAll(ORNAMENT, '');
  const suffix = SUFFIX[number.slice(-1).toLowerCase()];
  const digits = suffix === undefined ? number : number.slice(0, -1);
  if (!(style === 'point' ? POINT : COMMA).test(digits)) return Number.NaN;
  return (
    Number(style === 'point' ? digits.replaceAll(',', '') : digits.replaceAll('.', '').replace(',', '.')) *
    (suffix ?? 1)
  );
}

/** Whether a cell says that there is no number. */
export const isMissing = (text: string): boolean => MISSING.test(text);
