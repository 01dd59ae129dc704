import type { ValueType } from '../model/block.ts';
import type { Literal } from '../model/formula.ts';
import { isPercent } from './literal.ts';

/**
 * What an output gives, once `any` is known. A percentage is a number that says what it is: `5%` is 0.05, `close * 5%`
 * a part of the close.
 */
export type GivenType = Exclude<ValueType, 'any' | 'level'> | 'percent' | 'series<percent>';

/**
 * Whether a value of one type may enter a port of another. A constant is a series too; a number, or a percentage, is a
 * level and a size.
 */
export function fits(type: GivenType, wanted: ValueType): boolean {
  const given = asNumber(type);
  switch (wanted) {
    case 'series<number>':
    case 'level':
      return given === 'series<number>' || given === 'number';
    case 'size':
      return given === 'size' || given === 'series<number>' || given === 'number';
    case 'series<bool>':
      return given === 'series<bool>' || given === 'bool';
    case 'any':
      return given !== 'size' && given !== 'feed';
    default:
      return given === wanted;
  }
}

/** The type without its percentage. */
const asNumber = (type: GivenType): GivenType =>
  type === 'percent' ? 'number' : type === 'series<percent>' ? 'series<number>' : type;

/** The type of a literal on a port; null when it does not fit there. `na` fits wherever a number may be missing. */
export function literalType(literal: Literal, wanted: ValueType): GivenType | null {
  if (literal === null)
    return wanted === 'bool' || wanted === 'series<bool>' || wanted === 'feed'
      ? null
      : wanted === 'string'
        ? 'string'
        : 'number';
  if (Array.isArray(literal) || (typeof literal === 'number' && !Number.isFinite(literal))) return null;
  const type = typeOf(literal, wanted);
  return fits(type, wanted) ? type : null;
}

function typeOf(literal: Literal, wanted: ValueType): GivenType {
  if (typeof literal === 'number') return 'number';
  if (typeof literal === 'boolean') return 'bool';
  return wanted !== 'string' && isPercent(literal) ? 'percent' : 'string';
}

const WORDS: Record<ValueType | GivenType, string> = {
  number: 'a plain number',
  bool: 'true or false',
  string: 'a text',
  'series<number>': 'a number at every bar',
  'series<bool>': 'a condition',
  percent: 'a percentage',
  'series<percent>': 'a percentage at every bar',
  any: 'a value',
  level: 'a percentage or a price',
  size: 'a size (50%, free(50%), units(10), cash(1000), risk(1%))',
  feed: 'a feed',
};

/** A type as one of the three that ports `any` must agree on; null of what has no place there. */
export function plainKind(type: GivenType): 'number' | 'condition' | 'text' | null {
  const plain = asNumber(type);
  if (plain === 'number' || plain === 'series<number>') return 'number';
  if (type === 'bool' || type === 'series<bool>') return 'condition';
  return type === 'string' ? 'text' : null;
}

/** A type in words for people. */
export const describeType = (type: ValueType | GivenType): string => WORDS[type];
