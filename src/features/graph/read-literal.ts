import { isPercent } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import type { Literal } from '#core/formula/model/formula.ts';
import { parseTimeframe, TIMEFRAME_WORDS } from '#core/market/timeframe.ts';
import { err, ok, type Result } from '#core/result/result.ts';

/** What somebody typed into a port's field; undefined for nothing, which leaves the default. */
export function readLiteral(typed: string, port: Port): Result<Literal | undefined, string> {
  const text = typed.trim();
  if (port.format === 'timeframe' && text !== '')
    return parseTimeframe(text) === null ? err(`A length of bars belongs here: ${TIMEFRAME_WORDS}.`) : ok(text);
  if (port.type === 'string') return ok(text === '' ? undefined : typed);
  if (text === '') return ok(undefined);
  if (text === 'na') return ok(null);
  if (text === 'true' || text === 'false') return ok(text === 'true');
  const number = Number(text.replace(/%$/, '').replaceAll(/\s/g, ''));
  if (Number.isFinite(number)) {
    const percent = `${number}%`;
    return ok(text.endsWith('%') && isPercent(percent) ? percent : number);
  }
  return port.type === 'any' ? ok(typed) : err('A number belongs here.');
}
