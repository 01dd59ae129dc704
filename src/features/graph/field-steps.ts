import { isPercent, numberOf } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import { isRef, type FormulaNode, type Literal } from '#core/formula/model/formula.ts';

/** What a number of a field may be. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly isInteger: boolean;
}

/** Of a port; the value of an input has the range that its own node says. */
export function rangeOf(port: Port, node: FormulaNode | undefined): Range {
  const said = (name: string): number | undefined => {
    const arg = node?.block === 'input' && port.name === 'value' ? node.args[name] : undefined;
    const number = arg === undefined || isRef(arg) ? undefined : numberOf(arg);
    return number !== undefined && Number.isFinite(number) ? number : undefined;
  };
  const [min, max, step] = [said('min') ?? port.min, said('max') ?? port.max, said('step')];
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(step === undefined ? {} : { step }),
    isInteger: port.integer === true,
  };
}

/** The range in words; empty where everything is allowed. */
export function rangeWords({ min, max, step, isInteger }: Range): string {
  const bounds =
    min !== undefined && max !== undefined
      ? `${min} to ${max}`
      : min !== undefined
        ? `${min} or more`
        : max !== undefined
          ? `${max} or less`
          : '';
  const steps = step === undefined ? '' : `in steps of ${step}`;
  return [isInteger && step === undefined ? 'whole numbers' : '', bounds, steps]
    .filter((part) => part !== '')
    .join(', ');
}

export type Size = 'fine' | 'usual' | 'large';
const TIMES: Readonly<Record<Size, number>> = { fine: 0.1, usual: 1, large: 10 };

/** A number some steps further, inside of its range; null of what has no steps. A percentage stays one. */
export function stepped(
  literal: Literal | undefined,
  steps: number,
  range: Range,
  size: Size = 'usual',
): Literal | null {
  const isPercentage = isPercent(literal);
  const value = numberOf(literal);
  if (literal === undefined || value === undefined || Number.isNaN(value)) return null;
  const shown = isPercentage ? value * 100 : value;
  const least = isPercentage ? 100 : 1;
  const unit = stepOf(shown, { ...range, ...(range.step === undefined ? {} : { step: range.step * least }) });
  const step = range.isInteger && !isPercentage ? Math.max(1, Math.round(unit * TIMES[size])) : unit * TIMES[size];
  const next = clean(shown + steps * step);
  const bounded = Math.min((range.max ?? Infinity) * least, Math.max((range.min ?? -Infinity) * least, next));
  return isPercentage ? `${clean(bounded)}%` : clean(bounded);
}

/**
 * A number some steps further, as far as the checker accepts it there: a stop of 5% becomes no −72%. A number that the
 * checker does not accept already goes on, so that a step can lead out of it.
 */
export function steppedWithin(
  literal: Literal | undefined,
  steps: number,
  {
    range,
    size = 'usual',
    accepts,
  }: { readonly range: Range; readonly size?: Size; readonly accepts: (next: Literal) => boolean },
): Literal | null {
  const whole = stepped(literal, steps, range, size);
  if (whole === null || literal === undefined || accepts(whole) || !accepts(literal)) return whole;
  // What is accepted is an interval around the number: its end is found by halves.
  const direction = Math.sign(steps);
  let [inside, outside] = [0, Math.abs(steps)];
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2);
    const next = stepped(literal, direction * middle, range, size);
    if (next !== null && accepts(next)) inside = middle;
    else outside = middle;
  }
  return inside === 0 ? literal : stepped(literal, direction * inside, range, size);
}

/** A hundredth of what the number is, as a power of ten: what one step should change is the second digit. */
function stepOf(value: number, { step, isInteger }: Range): number {
  if (step !== undefined && step > 0) return step;
  if (isInteger || (Number.isInteger(value) && Math.abs(value) >= 2 && Math.abs(value) < 1000)) return 1;
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return 10 ** Math.min(2, magnitude - 1);
}

/** Without the dust of binary fractions. */
const clean = (value: number): number => Number(value.toPrecision(10)) + 0;
