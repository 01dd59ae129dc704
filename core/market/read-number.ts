/** Which sign stands before the fraction of a number; the other one parts thousands. */
export type DecimalSign = 'point' | 'comma';
/**
 * How a file writes numbers. `unproven`: no number shows what a comma would be, so that none may stand in a later one.
 */
export type NumberStyle = DecimalSign | 'unproven';

/** What is only sign beside the number; Switzerland parts thousands by an apostrophe. */
const ORNAMENT = /[$€£¥\s'’\u00A0\u202F]/g;
const MISSING = /^(|-|–|n\/?a|nan|null|none)$/i;
const SUFFIX: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

const THOUSANDS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * The style of a file's numbers by all that are known of them: only what can be read in one way proves a style. A
 * number with one sign and three digits behind that sign proves nothing: `ambiguous` where such a sign is a comma,
 * 1,234 being a thousand or one. Where it is always a point, points stand before fractions.
 */
export function numberStyleOf(texts: readonly string[]): NumberStyle | 'ambiguous' {
  let hasComma = false;
  for (const text of texts) {
    const number = text.replaceAll(ORNAMENT, '').replace(/[kmbt%]$/i, '');
    const [comma, point] = [number.lastIndexOf(','), number.lastIndexOf('.')];
    if (comma < 0 && point < 0) continue;
    if (comma >= 0 && point >= 0) return comma > point ? 'comma' : 'point';
    const isComma = comma >= 0;
    // Two of a sign part thousands.
    if (number.indexOf(isComma ? ',' : '.') !== (isComma ? comma : point)) return isComma ? 'point' : 'comma';
    if (!THOUSANDS.test(number)) return isComma ? 'comma' : 'point';
    hasComma ||= isComma;
  }
  return hasComma ? 'ambiguous' : 'unproven';
}

/** A number as the file writes it; NaN for what is none. `1.5M` is a million and a half. */
export function readNumber(text: string, style: NumberStyle): number {
  const plain = style !== 'comma' && text !== '' ? Number(text) : Number.NaN;
  // To JavaScript a space is 0, and 0x1, 0o1 and 0b1 are numbers.
  return plain === plain && text.charCodeAt(0) > 32 && !(text.charCodeAt(1) > 57) ? plain : readOrnate(text, style);
}

/** India parts thousands, and then hundreds of them: 12,34,567. */
const POINT = /^[+-]?(\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3}|\d+)(\.\d*)?(e[+-]?\d+)?$/i;
const COMMA = /^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?(e[+-]?\d+)?$/i;

function readOrnate(text: string, style: NumberStyle): number {
  const number = text.replaceAll(ORNAMENT, '');
  const suffix = SUFFIX[number.slice(-1).toLowerCase()];
  const digits = suffix === undefined ? number : number.slice(0, -1);
  if (style === 'unproven' && digits.includes(',')) return Number.NaN;
  if (!(style === 'comma' ? COMMA : POINT).test(digits)) return Number.NaN;
  return (
    Number(style === 'comma' ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '')) *
    (suffix ?? 1)
  );
}

/** Whether a cell says that there is no number. */
export const isMissing = (text: string): boolean => MISSING.test(text);
