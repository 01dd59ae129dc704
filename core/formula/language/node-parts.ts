import { findBlock } from '../blocks/catalogue.ts';
import type { Port } from '../model/block.ts';
import { isRef, type FormulaNode, type Literal, type Ref } from '../model/formula.ts';
import { isPercent, printLiteral } from './literal.ts';
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

/** The arguments of a call: by place as far as that goes, then by name. */
export function callParts(node: FormulaNode): readonly Part[] {
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
    if (type === 'feed') isPositional = false;
    parts.push({ node, port: name, power: 0, lead: isPositional ? '' : `${name}: `, isText: type === 'string' });
  }
  for (const name of Object.keys(node.args))
    if (!known.has(name)) parts.push({ node, port: name, power: 0, lead: `${name}: ` });
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
