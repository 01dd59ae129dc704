import type { Constant } from '../formula/constants.ts';
import type { Diagnostic } from '../formula/diagnostic.ts';
import { isRef, type Formula, type FormulaNode } from '../formula/formula.ts';
import { isPercent, numberOf } from '../formula/literal.ts';
import { didYouMean } from '../formula/suggest.ts';

/** A setting of a strategy, as a form or a sweep needs it. */
export interface InputDeclaration {
  readonly name: string;
  readonly value: Constant;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly Constant[];
}

/** The inputs of a formula, in the order of its code. */
export function inputsOf(formula: Formula): InputDeclaration[] {
  return Object.values(formula.nodes).flatMap((node) => (node.block === 'input' && node.name !== undefined ? [declaration(node.name, node)] : []));
}

function declaration(name: string, { args }: FormulaNode): InputDeclaration {
  const constant = (port: string): Constant => {
    const arg = args[port];
    if (arg === undefined || isRef(arg) || Array.isArray(arg)) return null;
    return isPercent(arg) ? (numberOf(arg) ?? null) : (arg as Exclude<typeof arg, readonly unknown[]>);
  };
  const bound = (port: 'min' | 'max' | 'step') => {
    const value = constant(port);
    return typeof value === 'number' ? { [port]: value } : {};
  };
  const { options } = args;
  return { name, value: constant('value'), ...bound('min'), ...bound('max'), ...bound('step'), ...(Array.isArray(options) ? { options } : {}) };
}

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
  if (typeof value !== typeof input.value) return `The input \`${name}\` is a ${typeof input.value === 'string' ? 'text' : typeof input.value === 'boolean' ? 'true or false' : 'number'}.`;
  if (input.options && !input.options.includes(value)) return `The input \`${name}\` is one of ${input.options.join(', ')}.`;
  if (typeof value !== 'number') return null;
  if (!Number.isFinite(value)) return `The input \`${name}\` is a finite number.`;
  if (input.min !== undefined && value < input.min) return `The input \`${name}\` is at least ${input.min}.`;
  return input.max !== undefined && value > input.max ? `The input \`${name}\` is at the most ${input.max}.` : null;
}
