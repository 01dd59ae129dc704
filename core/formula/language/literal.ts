import type { Literal } from '../model/formula.ts';
import { quote } from './lexer.ts';

const PERCENT = /^-?\d+(\.\d+)?(e[+-]?\d+)?%$/i;

/** Whether a literal is a percentage, kept as written: `"50%"`. */
export const isPercent = (literal: unknown): literal is string => typeof literal === 'string' && PERCENT.test(literal);

/**
 * The number that a literal stands for, `"50%"` being 0.5 and `na` NaN; undefined for what is no number. Zero has no
 * sign.
 */
export function numberOf(literal: Literal | undefined): number | undefined {
  if (typeof literal === 'number') return literal + 0;
  if (literal === null) return Number.NaN;
  return isPercent(literal) ? Number(literal.slice(0, -1)) / 100 : undefined;
}

/** As code writes it. On a port of type `string` a text such as `"50%"` is text. */
export function printLiteral(literal: Literal, isText = false): string {
  if (literal === null) return 'na';
  if (typeof literal === 'string')
    return !isText && isPercent(literal) ? `${Number(literal.slice(0, -1))}%` : quote(literal);
  if (typeof literal === 'number') return Number.isFinite(literal) ? String(literal) : 'na';
  if (typeof literal === 'boolean') return String(literal);
  return literal.map((item) => printLiteral(item, isText)).join(', ');
}

/** A fraction as the percentage that people write, without the dust of the factor: 0.07 is `7%`. */
export const percentOf = (fraction: number): string => `${Number((fraction * 100).toPrecision(15))}%`;
