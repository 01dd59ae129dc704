import type { Port } from '#core/formula/block.ts';
import { printLiteral } from '#core/formula/literal.ts';
import { describeType } from '#core/formula/types.ts';

/** What a port takes, in words: its type, default, range and unit. */
export function describePort({ type, default: fallback, min, max, integer, options, unit }: Port): string {
  const kind = options ? `one of ${options.map((option) => printLiteral(option, true)).join(', ')}` : integer ? 'a whole number' : describeType(type);
  const range = min !== undefined && max !== undefined ? `${figure(min)} to ${figure(max)}` : min !== undefined ? `${figure(min)} or more` : max === undefined ? '' : `${figure(max)} at the most`;
  const given = fallback === undefined ? 'required' : fallback === null ? 'may be left out' : `${printLiteral(fallback, type === 'string')} unless given`;
  const measure = unit === undefined || unit === 'ratio' ? '' : unit === 'percent' ? 'a percentage' : `in ${unit}`;
  return [kind, range, measure, given].filter((part) => part !== '').join(' · ');
}

const figure = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 12 });
