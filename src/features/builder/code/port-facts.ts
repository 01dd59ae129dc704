import { describeType } from '#core/formula/language/types.ts';
import type { Port } from '#core/formula/model/block.ts';
import { describePort } from '#core/formula/reference/describe-block.ts';

/** What a port takes, in a line: its type, what is allowed of it, its unit and its default. */
export function portFacts(port: Port): string {
  const { allowed, unit, required, default: fallback } = describePort(port);
  const given = required ? 'required' : fallback === '' ? 'may be left out' : `${fallback} unless given`;
  return [
    port.format === 'timeframe' ? 'the length of a bar' : port.options ? `one of ${allowed}` : describeType(port.type),
    port.options ? '' : allowed,
    unit === 'ratio' ? '' : unit,
    given,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
