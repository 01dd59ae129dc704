import { analyse } from '#core/formula/facts/analyse.ts';
import { isPercent, percentOf } from '#core/formula/language/literal.ts';
import { parse } from '#core/formula/language/parse.ts';
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
  const computed = compute(text);
  if (computed !== null) return ok(computed);
  return port.type === 'any' ? ok(typed) : err('A number belongs here, such as 14, 5% or 10 + 4.');
}

/** Arithmetic as the language computes it: `10 + 4`, `2 * 5%`. Null of what is none. */
function compute(text: string): number | string | null {
  // A name or a call is no arithmetic, and no text that long is typed into a field.
  if (text.length > 60 || /[A-Za-z_"#=\n]/.test(text)) return null;
  const { formula, diagnostics } = parse(`computed = ${text}`);
  const [id] = Object.entries(formula.nodes).find(([, { name }]) => name === 'computed') ?? [];
  if (id === undefined || diagnostics.some(({ severity }) => severity === 'error')) return null;
  const { constants, types } = analyse(formula);
  const value = constants.get(id);
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  const isPercentage = Object.values(types.get(id) ?? {}).some((type) => type === 'percent');
  return isPercentage ? percentOf(value) : Number(value.toPrecision(12));
}
