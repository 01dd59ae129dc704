import { findBlock, isBareName } from '../blocks/catalogue.ts';
import type { Port } from '../model/block.ts';
import type { Span } from '../model/diagnostic.ts';
import {
  isRef,
  nodeOf,
  type Arg,
  type Formula,
  type FormulaNode,
  type Literal,
  type NodeId,
  type Ref,
} from '../model/formula.ts';
import { isPercent, printLiteral } from './literal.ts';
import { isAction, statementsOf } from './statements.ts';
import { infixOf, leftPower, NEGATE_POWER, NOT_POWER, POSTFIX_POWER, type Operator } from './syntax.ts';

/** Statements longer than this are broken after their arguments. */
const LINE_WIDTH = 100;

const ATOM = POSTFIX_POWER + 1;

export interface Printed {
  readonly code: string;
  /** Where each statement stands, its comment not included. */
  readonly spans: ReadonlyMap<NodeId, Span>;
}

/** The code of a formula, in its one canonical form: `print(parse(code))` formats. */
export const print = (formula: Formula): string => printWithSpans(formula).code;

export function printWithSpans(formula: Formula): Printed {
  const statements = statementsOf(formula);
  const printer = new Printer(formula, statements.names);
  const spans = new Map<NodeId, Span>();
  let code = '';
  let line = 1;
  const write = (text: string) => {
    code += text;
    line += text.split('\n').length - 1;
  };
  let before: NodeId | undefined;
  for (const id of statements.order) {
    const node = formula.nodes[id];
    if (!node) continue;
    if (before !== undefined && parted(formula.nodes[before], node)) write('\n');
    before = id;
    write(comment(node.comment));
    const start = code.length;
    const startLine = line;
    write(printer.statement(id, node));
    spans.set(id, { start, end: code.length, line: startLine, column: 1 });
    write('\n');
  }
  if (formula.epilogue !== undefined) write((code === '' ? '' : '\n') + comment(formula.epilogue));
  return { code, spans };
}

interface NodePrinterOptions {
  /** The names of statements, where they are known already. */
  readonly names?: ReadonlyMap<NodeId, string>;
  /** Calls statements otherwise. */
  readonly nameOf?: (id: NodeId) => string;
}

/** The code of each node that is written on its own, and of any node inside one. */
export function createNodePrinter(
  formula: Formula,
  { names = statementsOf(formula).names, nameOf }: NodePrinterOptions = {},
): (id: NodeId) => string {
  const printer = new Printer(formula, names, nameOf);
  return (id) => printer.definition(id);
}

/** Inputs, values and actions stand in paragraphs of their own. */
const paragraph = (node: FormulaNode): string =>
  node.block === 'input' ? 'input' : findBlock(node.block)?.kind === 'action' ? 'action' : 'value';
const parted = (above: FormulaNode | undefined, below: FormulaNode): boolean =>
  above === undefined || paragraph(above) !== paragraph(below) || below.comment !== undefined;

const comment = (text: string | undefined): string =>
  text === undefined
    ? ''
    : text
        .split('\n')
        .map((line) => `${`# ${line}`.trimEnd()}\n`)
        .join('');

class Printer {
  readonly #formula: Formula;
  readonly #names: ReadonlyMap<NodeId, string>;
  readonly #nameOf: ((id: NodeId) => string) | undefined;
  readonly #definitions = new Map<NodeId, string>();

  constructor(formula: Formula, names: ReadonlyMap<NodeId, string>, nameOf?: (id: NodeId) => string) {
    this.#formula = formula;
    this.#names = names;
    this.#nameOf = nameOf;
  }

  statement(id: NodeId, node: FormulaNode): string {
    const name = this.#names.get(id);
    if (node.block === 'input') return `input ${name} = ${inputRange(node)}`;
    const head = name === undefined ? '' : `${name} = `;
    const text = head + this.#node(node, 0);
    return text.length <= LINE_WIDTH || !isCall(node) ? text : head + this.#call(node, '\n    ');
  }

  /** What stands behind the name: the same for equal nodes, whatever they are called. */
  definition(id: NodeId): string {
    const known = this.#definitions.get(id);
    if (known !== undefined) return known;
    const node = nodeOf(this.#formula, id);
    const text = node ? (node.block === 'input' ? inputRange(node) : this.#node(node, 0)) : '';
    this.#definitions.set(id, text);
    return text;
  }

  #node(node: FormulaNode, power: number): string {
    const infix = infixOf(node.block);
    if (infix) return this.#infix(node, infix, power);
    if (node.block === 'neg' || node.block === 'not') return this.#prefix(node, power);
    if (node.block === 'past' && node.args['bars'] !== undefined)
      return `${this.#arg(node, 'x', POSTFIX_POWER)}[${this.#arg(node, 'bars', 0)}]`;
    if (node.block === 'value') return this.#arg(node, 'x', power);
    if (isBareName(node.block)) return node.block;
    return this.#call(node, '');
  }

  /** A long sum leans to the left: its operators are written from the inside out, so that it needs no deeper stack than a short one. */
  #infix(node: FormulaNode, operator: Operator, power: number): string {
    const outer: { readonly node: FormulaNode; readonly operator: Operator }[] = [{ node, operator }];
    for (let inner = this.#flatLeft(node, operator); inner; inner = this.#flatLeft(inner.node, inner.operator))
      outer.push(inner);
    const innermost = outer.at(-1);
    const parts = innermost ? [this.#arg(innermost.node, 'a', leftPower(innermost.operator))] : [];
    for (const {
      node: each,
      operator: { symbol, block, power: own },
    } of outer.reverse()) {
      // Only `^` groups to the right.
      parts.push(symbol, this.#arg(each, 'b', block === 'pow' ? NEGATE_POWER : own + 1));
    }
    const text = parts.join(' ');
    return operator.power < power ? `(${text})` : text;
  }

  /** The left side, where it is an operator written there without brackets. */
  #flatLeft(node: FormulaNode, operator: Operator): { readonly node: FormulaNode; readonly operator: Operator } | null {
    const left = node.args['a'];
    const source = isRef(left) && !this.#names.has(left.from) ? nodeOf(this.#formula, left.from) : undefined;
    const inner = source && infixOf(source.block);
    return source && inner && inner.power >= leftPower(operator) ? { node: source, operator: inner } : null;
  }

  #prefix(node: FormulaNode, power: number): string {
    const isNot = node.block === 'not';
    const own = isNot ? NOT_POWER : NEGATE_POWER;
    const operand = this.#arg(node, 'x', own);
    // `-5` would be read as the number.
    const literal = !isNot && node.args['x'] !== undefined && !isRef(node.args['x']);
    const text = isNot ? `not ${operand}` : `-${literal ? `(${operand})` : operand}`;
    return own < power ? `(${text})` : text;
  }

  #call(node: FormulaNode, breaking: string): string {
    const block = findBlock(node.block);
    const ports: readonly Port[] = block?.inputs ?? [];
    const known = new Set(ports.map((port) => port.name));
    const named = block?.kind === 'action' || block?.kind === 'feed';
    let positional = !named;
    const parts: string[] = [];
    for (const port of ports) {
      if (node.args[port.name] === undefined) {
        positional = false;
        continue;
      }
      if (port.type === 'feed') positional = false;
      const text = this.#arg(node, port.name, 0, port.type === 'string');
      parts.push(positional ? text : `${port.name}: ${text}`);
    }
    for (const name of Object.keys(node.args)) if (!known.has(name)) parts.push(`${name}: ${this.#arg(node, name, 0)}`);
    return breaking === ''
      ? `${node.block}(${parts.join(', ')})`
      : `${node.block}(${parts.map((part) => breaking + part).join(',')}\n)`;
  }

  /** An operand binds at least as tightly as `power`, or stands in brackets. A missing one is `_`. */
  #arg(node: FormulaNode, port: string, power: number, isText = false): string {
    const arg: Arg | undefined = node.args[port];
    if (arg === undefined) return '_';
    if (!isRef(arg)) return bracketed(arg, power, isText);
    return this.#ref(arg, power);
  }

  #ref({ from, output }: Ref, power: number): string {
    const source = nodeOf(this.#formula, from);
    if (!source) return '_';
    const dot = output === undefined || findBlock(source.block)?.outputs.length === 1 ? '' : `.${output}`;
    const name = this.#names.get(from);
    if (name !== undefined) return (this.#nameOf?.(from) ?? name) + dot;
    // An action gives nothing.
    if (isAction(source)) return '_';
    return this.#node(source, dot === '' ? power : ATOM) + dot;
  }
}

const isCall = (node: FormulaNode): boolean => findBlock(node.block)?.syntax === undefined && node.block !== 'value';

function bracketed(literal: Literal, power: number, isText: boolean): string {
  const text = printLiteral(literal, isText);
  return text.startsWith('-') && power > NEGATE_POWER ? `(${text})` : text;
}

function inputRange({ args }: FormulaNode): string {
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
