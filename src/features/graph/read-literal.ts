import { whyNotLiteral } from '#core/formula/check/why-not-literal.ts';
import { analyse } from '#core/formula/facts/analyse.ts';
import { isPercent, percentOf } from '#core/formula/language/literal.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Port } from '#core/formula/model/block.ts';
import type { FormulaNode, Literal } from '#core/formula/model/formula.ts';
import { parseTimeframe, TIMEFRAME_WORDS } from '#core/market/timeframe.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { readNumber } from '#ui/format/read-number.ts';

/**
 * What somebody typed into the field of a node's port, as far as the checker accepts it there; undefined for nothing,
 * which leaves the default. Fails in words.
 */
export function readLiteral(typed: string, port: Port, node: FormulaNode): Result<Literal | undefined, string> {
  const literal = literalIn(typed, port, node);
  if (!literal.ok || literal.value === undefined) return literal;
  const why = whyNotLiteral(node, port.name, literal.value);
  return why === null ? literal : err(why);
}

function literalIn(typed: string, port: Port, node: FormulaNode): Result<Literal | undefined, string> {
  const text = typed.trim();
  if (port.format === 'timeframe' && text !== '')
    return parseTimeframe(text) === null ? err(`A length of bars belongs here: ${TIMEFRAME_WORDS}.`) : ok(text);
  if (port.type === 'string') return ok(text === '' ? undefined : typed);
  if (text === '') return ok(undefined);
  if (text === 'na') return ok(null);
  if (text === 'true' || text === 'false') return ok(text === 'true');
  const number = readNumber(text);
  if (number.ok) return ok(number.value.isPercent ? `${number.value.value}%` : number.value.value);
  const computed = compute(text);
  if (computed !== null) return ok(computed);
  const now = node.args[port.name];
  // A text takes the place of a text: of a number, whatever is no number is a slip.
  if (port.type === 'any' && typeof now === 'string' && !isPercent(now)) return ok(typed);
  if (/^[-+−]?[\d.,\s]*%?$/.test(text)) return number;
  return err('A number belongs here, such as 14, 5% or 10 + 4.');
}

/** Arithmetic as the language computes it: `10 + 4`, `2 * 5%`. Null of what is none. */
function compute(text: string): number | string | null {
  // A name or a call is no arithmetic, and no text that long is typed into a field.
  if (text.length > 60 || /[A-Za-z_"#=\n]/.test(text)) return null;
  // `2 + 3%` is five percent to whoever types it; to the language it is 2.03. Where a sign is within, each has its own.
  const whole = /^([^%]*[+−-][^%]*)%$/.exec(text)?.[1];
  const { formula, diagnostics } = parse(`computed = ${whole === undefined ? text : `(${whole}) * 1%`}`);
  const [id] = Object.entries(formula.nodes).find(([, { name }]) => name === 'computed') ?? [];
  if (id === undefined || diagnostics.some(({ severity }) => severity === 'error')) return null;
  const { constants, types } = analyse(formula);
  const value = constants.get(id);
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  const isPercentage = Object.values(types.get(id) ?? {}).some((type) => type === 'percent');
  return isPercentage ? percentOf(value) : Number(value.toPrecision(12));
}
