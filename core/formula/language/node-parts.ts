import { findBlock } from '../blocks/catalogue.ts';
import { portsCalled } from '../blocks/field-names.ts';
import type { Port } from '../model/block.ts';
import { argOf, isRef, type FormulaNode, type Literal, type Ref } from '../model/formula.ts';
import { CALLEE, SCOPE } from './functions.ts';
import { isPercent, printLiteral } from './literal.ts';
import { sameArg } from './statements.ts';
import { NEGATE_POWER, NOT_POWER } from './syntax.ts';

/**
 * An argument as it stands in the code: how tightly it must bind to need no brackets, and what is written before it.
 */
export interface Part {
  readonly node: FormulaNode;
  readonly port: string;
  readonly power: number;
  /** `size: ` before an argument, `and ` before an operand. */
  readonly lead: string;
  readonly isText?: boolean;
}

export const isCall = (node: FormulaNode): boolean =>
  findBlock(node.block)?.syntax === undefined && node.block !== 'value';

export const isPast = (node: FormulaNode): boolean => node.block === 'past' && node.args['bars'] !== undefined;

export const outputOf = ({ output }: Ref, source: FormulaNode): string =>
  output === undefined || findBlock(source.block)?.outputs.length === 1 ? '' : `.${output}`;

export interface Prefix {
  readonly sign: string;
  readonly own: number;
  readonly part: Part;
  /** `-5` would be read as the number. */
  readonly isNumber: boolean;
}

export function prefixOf(node: FormulaNode): Prefix | null {
  const isNot = node.block === 'not';
  if (!isNot && node.block !== 'neg') return null;
  const own = isNot ? NOT_POWER : NEGATE_POWER;
  const arg = node.args['x'];
  return {
    sign: isNot ? 'not ' : '-',
    own,
    part: { node, port: 'x', power: own, lead: '' },
    isNumber: !isNot && arg !== undefined && !isRef(arg),
  };
}

/**
 * The words of a node that code writes: those that its block knows, of arguments that are given. What is called the
 * same must be the same.
 */
export function wordsIn(node: FormulaNode): Readonly<Record<string, string>> {
  const block = findBlock(node.block);
  return Object.fromEntries(
    Object.entries(node.words ?? {}).filter(([name, word]) => {
      const arg = node.args[name];
      const ports = block && arg !== undefined ? portsCalled(block, word) : [];
      return (
        name !== word &&
        ports.some((port) => port.name === name) &&
        ports.every((port) => node.words?.[port.name] === word && sameArg(node.args[port.name], arg))
      );
    }),
  );
}

/**
 * The arguments of a call: by place as far as that goes, then by name; by the names that were written, or by those of
 * the ports alone.
 */
export function callParts(node: FormulaNode, naming: 'written' | 'ports' = 'written'): readonly Part[] {
  const words = naming === 'written' && node.words ? wordsIn(node) : {};
  const said = new Set<string>();
  const block = findBlock(node.block);
  const ports: readonly Port[] = block?.inputs ?? [];
  const known = new Set(ports.map((port) => port.name));
  let isPositional = block?.kind !== 'action' && block?.kind !== 'feed';
  const parts: Part[] = [];
  for (const { name, type } of ports) {
    if (node.args[name] === undefined) {
      isPositional = false;
      continue;
    }
    const word = words[name];
    if (type === 'feed' || word !== undefined) isPositional = false;
    if (word !== undefined && said.has(word)) continue;
    if (word !== undefined) said.add(word);
    parts.push({
      node,
      port: name,
      power: 0,
      lead: isPositional ? '' : `${word ?? name}: `,
      isText: type === 'string',
    });
  }
  for (const name of Object.keys(node.args))
    if (!known.has(name) && name !== SCOPE) parts.push({ node, port: name, power: 0, lead: `${name}: ` });
  return parts;
}

/** The arguments of a call of a function with those parameters, by place as far as that goes if `byPlace` says so. */
export function functionCallParts(node: FormulaNode, byPlace: boolean, params: readonly string[]): readonly Part[] {
  let isPositional = byPlace;
  const parts: Part[] = [];
  for (const name of params) {
    if (argOf(node, name) === undefined) isPositional = false;
    else parts.push({ node, port: name, power: 0, lead: isPositional ? '' : `${name}: ` });
  }
  for (const name of Object.keys(node.args))
    if (!params.includes(name) && name !== SCOPE && name !== CALLEE)
      parts.push({ node, port: name, power: 0, lead: `${name}: ` });
  return parts;
}

export function bracketed(literal: Literal, power: number, isText: boolean): string {
  const text = printLiteral(literal, isText);
  return text.startsWith('-') && power > NEGATE_POWER ? `(${text})` : text;
}

export function inputRange({ args }: FormulaNode): string {
  const literal = (port: string) => {
    const arg = args[port];
    return arg === undefined || arg === null || isRef(arg)
      ? ''
      : printLiteral(arg, typeof arg === 'string' && !isPercent(arg));
  };
  const min = literal('min');
  const max = literal('max');
  const step = literal('step');
  const options = literal('options');
  return [
    literal('value') || 'na',
    min || max ? `in ${min}..${max}` : '',
    step ? `step ${step}` : '',
    options ? `of ${options}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
