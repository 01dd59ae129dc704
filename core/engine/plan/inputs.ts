import type { Constant } from '#core/formula/facts/constants.ts';
import { isPercent, numberOf, percentOf } from '#core/formula/language/literal.ts';
import { didYouMean } from '#core/formula/language/suggest.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import { isRef, type Arg, type Formula, type FormulaNode } from '#core/formula/model/formula.ts';

/** A setting of a strategy, as a form or a sweep needs it. */
export interface InputDeclaration {
  readonly name: string;
  readonly value: Constant;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly Constant[];
  /** Its numbers are fractions that are written as percentages: 0.05 is 5%. */
  readonly percent?: true;
}

/** The inputs of a formula, in the order of its code. */
export function inputsOf(formula: Formula): InputDeclaration[] {
  return Object.values(formula.nodes).flatMap((node) =>
    node.block === 'input' && node.name !== undefined ? [declaration(node.name, node)] : [],
  );
}

function declaration(name: string, { args }: FormulaNode): InputDeclaration {
  const bound = (port: 'min' | 'max' | 'step') => {
    const value = constantIn(args[port]);
    return typeof value === 'number' ? { [port]: value } : {};
  };
  const { value, options } = args;
  const literals = [value, args['min'], args['max'], ...(Array.isArray(options) ? options : [])];
  return {
    name,
    value: constantIn(value),
    ...bound('min'),
    ...bound('max'),
    ...bound('step'),
    ...(Array.isArray(options) ? { options: options.map(constantIn) } : {}),
    ...(literals.some(isPercent) ? { percent: true } : {}),
  };
}

function constantIn(arg: Arg | undefined): Constant {
  if (arg === undefined || isRef(arg) || Array.isArray(arg)) return null;
  return isPercent(arg) ? (numberOf(arg) ?? null) : (arg as Exclude<typeof arg, readonly unknown[]>);
}

/** A value of an input as people write it. */
export const printInput = ({ percent }: Pick<InputDeclaration, 'percent'>, value: Constant | undefined): string =>
  percent && typeof value === 'number' ? percentOf(value) : String(value ?? '');

/** Why these values can't replace those of the formula's inputs. */
export function checkInputs(formula: Formula, inputs: Readonly<Record<string, Constant>>): Diagnostic[] {
  const declared = new Map(inputsOf(formula).map((input) => [input.name, input]));
  return Object.entries(inputs).flatMap(([name, value]): Diagnostic[] => {
    const message = problemOf(name, value, declared);
    return message === null ? [] : [{ code: 'input', severity: 'error', message }];
  });
}

function problemOf(name: string, value: Constant, declared: ReadonlyMap<string, InputDeclaration>): string | null {
  const input = declared.get(name);
  if (!input) return `The formula has no input \`${name}\`.${didYouMean(name, declared.keys())}`;
  if (typeof value !== typeof input.value)
    return `The input \`${name}\` is a ${typeof input.value === 'string' ? 'text' : typeof input.value === 'boolean' ? 'true or false' : 'number'}.`;
  if (input.options && !input.options.includes(value))
    return `The input \`${name}\` is one of ${input.options.map((option) => printInput(input, option)).join(', ')}.`;
  if (typeof value !== 'number') return null;
  if (!Number.isFinite(value)) return `The input \`${name}\` is a finite number.`;
  if (input.min !== undefined && value < input.min)
    return `The input \`${name}\` is at least ${printInput(input, input.min)}.`;
  return input.max !== undefined && value > input.max
    ? `The input \`${name}\` is at the most ${printInput(input, input.max)}.`
    : null;
}
