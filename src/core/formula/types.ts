import type { ValueType } from './block.ts';
import type { Literal } from './formula.ts';
import { isPercent } from './literal.ts';

/** What an output gives, once `any` is known. */
export type GivenType = Exclude<ValueType, 'any' | 'level'>;

/** Whether a value of one type may enter a port of another. A constant is a series too; a number is a level and a size. */
export function fits(given: GivenType, wanted: ValueType): boolean {
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

/** The type of a literal on a port; null when it does not fit there. `na` fits wherever a number may be missing. */
export function literalType(literal: Literal, wanted: ValueType): GivenType | null {
  if (literal === null) return wanted === 'bool' || wanted === 'series<bool>' || wanted === 'feed' ? null : wanted === 'string' ? 'string' : 'number';
  if (Array.isArray(literal) || (typeof literal === 'number' && !Number.isFinite(literal))) return null;
  const type = typeOf(literal, wanted);
  return fits(type, wanted) ? type : null;
}

function typeOf(literal: Literal, wanted: ValueType): GivenType {
  if (typeof literal === 'number') return 'number';
  if (typeof literal === 'boolean') return 'bool';
  return wanted !== 'string' && isPercent(literal) ? 'number' : 'string';
}

const WORDS: Record<ValueType, string> = {
  number: 'a plain number',
  bool: 'true or false',
  string: 'a text',
  'series<number>': 'a number at every bar',
  'series<bool>': 'a condition',
  any: 'a value',
  level: 'a percentage or a price',
  size: 'a size (50%, free(50%), units(10), cash(1000), risk(1%))',
  feed: 'a feed',
};

/** A type as one of the three that ports `any` must agree on; null of what has no place there. */
export function plainKind(type: GivenType): 'number' | 'condition' | 'text' | null {
  if (type === 'number' || type === 'series<number>') return 'number';
  if (type === 'bool' || type === 'series<bool>') return 'condition';
  return type === 'string' ? 'text' : null;
}

/** A type in words for people. */
export const describeType = (type: ValueType): string => WORDS[type];
