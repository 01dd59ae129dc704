import { isBareName } from '../blocks/catalogue.ts';
import {
  argOf,
  isRef,
  nodeOf,
  type Arg,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Ref,
} from '../model/formula.ts';
import { calleeOf, functionsOf } from './functions.ts';
import { printLiteral } from './literal.ts';
import {
  bracketed,
  callParts,
  functionCallParts,
  inputRange,
  isCall,
  isPast,
  outputOf,
  prefixOf,
  type Part,
  type Prefix,
} from './node-parts.ts';
import { operandsOf } from './operands.ts';
import { isParted } from './paragraphs.ts';
import { isAction, isMuted, type Statements } from './statements.ts';
import { infixOf, POSTFIX_POWER, type Operator } from './syntax.ts';

/** Statements longer than this are broken into several lines. */
const LINE_WIDTH = 100;
const INDENT = 4;
/** Behind so many spaces nothing is broken: what is nested deeply would be spaces for the most part. */
const MOST_INDENT = LINE_WIDTH / 2;

const ATOM = POSTFIX_POWER + 1;

/**
 * Where a long statement is broken: behind each argument of its outermost call alone, or wherever a part of it is too
 * long as well.
 */
export type Breaking = 'arguments' | 'everywhere';

/** Where the text of a part begins. */
interface Place {
  /** Spaces before the line on which the part begins. */
  readonly indent: number;
  /** Characters before the part on its line. */
  readonly column: number;
  /** Whether the part is bounded by brackets already, so that lines may end within it. */
  readonly isBracketed: boolean;
}

interface PrinterOptions {
  /** Calls statements otherwise. */
  readonly nameOf?: ((id: NodeId) => string) | undefined;
  /** Calls arguments as they were written, unless said otherwise. */
  readonly naming?: 'written' | 'ports';
  /** The statements of functions; left out where no function is written. */
  readonly bodies?: Statements['bodies'];
}

/** Writes nodes as code, each with the nodes that are written where they are used. */
export class NodePrinter {
  readonly #formula: Formula;
  readonly #names: ReadonlyMap<NodeId, string>;
  readonly #nameOf: ((id: NodeId) => string) | undefined;
  readonly #naming: 'written' | 'ports' | undefined;
  readonly #definitions = new Map<NodeId, string>();
  readonly #bodies: Statements['bodies'];

  constructor(
    formula: Formula,
    names: ReadonlyMap<NodeId, string>,
    { nameOf, naming, bodies = new Map() }: PrinterOptions = {},
  ) {
    this.#formula = formula;
    this.#names = names;
    this.#nameOf = nameOf;
    this.#naming = naming;
    this.#bodies = bodies;
  }

  statement(id: NodeId, node: FormulaNode, breaking: Breaking): string {
    const name = this.#names.get(id);
    if (node.block === 'input') return `input ${name} = ${inputRange(node)}`;
    if (node.block === 'fn') return this.#function(id, `fn ${this.#names.get(id) ?? ''}`, breaking);
    const head = (isMuted(node) ? 'mute ' : '') + (name === undefined ? '' : `${name} = `);
    const line = head + this.#node(node, 0);
    if (line.length <= LINE_WIDTH) return line;
    if (breaking === 'everywhere')
      return head + this.#broken(node, 0, { indent: 0, column: head.length, isBracketed: false });
    return isCall(node) ? head + this.#brokenCall(node, 0, (part) => this.#part(part)) : line;
  }

  #callName(node: FormulaNode): string {
    if (node.block !== 'call') return node.block;
    const callee = calleeOf(this.#formula, node);
    return (callee === undefined ? undefined : this.#names.get(callee)) ?? 'gone';
  }

  #callParts(node: FormulaNode): readonly Part[] {
    if (node.block !== 'call') return callParts(node, this.#naming);
    const callee = functionsOf(this.#formula).get(calleeOf(this.#formula, node) ?? '');
    // Where two formulas are compared, a place means what it means in each.
    const isPositional = this.#nameOf === undefined;
    return functionCallParts(node, isPositional, callee?.params.map((param) => this.#names.get(param) ?? '') ?? []);
  }

  /** `fn name(a, b = 10) = value`, or with its statements on lines of their own. */
  #function(id: NodeId, called: string, breaking: Breaking): string {
    const parts = functionsOf(this.#formula).get(id);
    const params = (parts?.params ?? []).map((param) => {
      const fallback = nodeOf(this.#formula, param)?.args['default'];
      const name = this.#names.get(param) ?? '';
      return fallback === undefined || isRef(fallback) ? name : `${name} = ${printLiteral(fallback)}`;
    });
    const head = `${called}(${params.join(', ')}) =`;
    const outer = new Set<NodeId>([...(parts?.params ?? []), ...(parts?.results ?? [])]);
    const body = (this.#bodies.get(id) ?? []).filter((inner) => !outer.has(inner));
    const results = (parts?.results ?? []).flatMap((result) => nodeOf(this.#formula, result) ?? []);
    const [only] = results;
    if (body.length === 0 && only && results.length === 1 && only.name === undefined) {
      const part: Part = { node: only, port: 'x', power: 0, lead: '' };
      const line = `${head} ${this.#part(part)}`;
      if (line.length <= LINE_WIDTH || breaking === 'arguments') return line;
      return `${head} ${this.#fitted(part, { indent: 0, column: head.length + 1, isBracketed: false })}`;
    }
    return [head, ...this.#bodyLines(body, breaking), this.#return(results)].join('\n');
  }

  *#bodyLines(body: readonly NodeId[], breaking: Breaking): Generator<string> {
    const indent = ' '.repeat(INDENT);
    let above: FormulaNode | undefined;
    for (const id of body) {
      const node = nodeOf(this.#formula, id);
      if (!node) continue;
      const isSpaced = node.spaced === true && breaking === 'everywhere';
      if (above && (isSpaced || isParted(above, node))) yield '';
      if (node.comment !== undefined) for (const line of node.comment.split('\n')) yield `${indent}# ${line}`.trimEnd();
      yield indent + this.statement(id, node, breaking).replaceAll('\n', `\n${indent}`);
      above = node;
    }
  }

  #return(results: readonly FormulaNode[]): string {
    const parts = results.map((node) => `${node.name === undefined ? '' : `${node.name}: `}${this.#arg(node, 'x', 0)}`);
    return `${' '.repeat(INDENT)}return ${parts.length === 0 ? '_' : parts.join(', ')}`;
  }

  /** What stands behind the name: the same for equal nodes, whatever they are called. */
  definition(id: NodeId): string {
    const known = this.#definitions.get(id);
    if (known !== undefined) return known;
    const node = nodeOf(this.#formula, id);
    const text = node ? this.#define(id, node) : '';
    this.#definitions.set(id, text);
    return text;
  }

  #define(id: NodeId, node: FormulaNode): string {
    switch (node.block) {
      case 'input':
        return inputRange(node);
      case 'fn':
        return this.#function(id, 'fn', 'everywhere');
      case 'param': {
        const fallback = node.args['default'];
        return fallback === undefined || isRef(fallback) ? 'param' : `param ${printLiteral(fallback)}`;
      }
      case 'result':
        return `return ${this.#arg(node, 'x', 0)}`;
      default:
        return this.#node(node, 0);
    }
  }

  /** On one line. */
  #node(node: FormulaNode, power: number): string {
    const infix = infixOf(node.block);
    if (infix) return this.#infix(node, infix, power);
    const prefix = prefixOf(node);
    if (prefix) {
      const text = prefix.sign + this.#operand(prefix);
      return prefix.own < power ? `(${text})` : text;
    }
    if (isPast(node)) return `${this.#arg(node, 'x', POSTFIX_POWER)}[${this.#arg(node, 'bars', 0)}]`;
    if (node.block === 'value') return this.#arg(node, 'x', power);
    if (isBareName(node.block)) return node.block;
    return `${this.#callName(node)}(${this.#callParts(node)
      .map((part) => this.#part(part))
      .join(', ')})`;
  }

  /** On several lines, where its parts can be parted; what then fits stands on one line. */
  #broken(node: FormulaNode, power: number, place: Place): string {
    const infix = infixOf(node.block);
    if (infix) return this.#brokenInfix(node, infix, power, place);
    const prefix = prefixOf(node);
    if (prefix) {
      const isBracketed = prefix.own < power;
      const open = (isBracketed ? '(' : '') + prefix.sign;
      const inner = { ...place, column: place.column + open.length, isBracketed: false };
      return open + this.#fitted(prefix.part, inner) + (isBracketed ? ')' : '');
    }
    const own = { ...place, isBracketed: false };
    if (isPast(node))
      return `${this.#fitted({ node, port: 'x', power: POSTFIX_POWER, lead: '' }, own)}[${this.#arg(node, 'bars', 0)}]`;
    if (node.block === 'value') return this.#fitted({ node, port: 'x', power, lead: '' }, place);
    if (!isCall(node) || isBareName(node.block)) return this.#node(node, power);
    return this.#brokenCall(node, place.indent, (part, inner) => this.#fitted(part, inner));
  }

  #brokenCall(node: FormulaNode, indent: number, write: (part: Part, place: Place) => string): string {
    const parts = this.#callParts(node);
    const called = this.#callName(node);
    if (parts.length === 0) return `${called}()`;
    const inner = indent + INDENT;
    const place = { indent: inner, column: inner, isBracketed: true };
    return `${called}(${parts.map((part) => newLine(inner) + write(part, place)).join(',')}${newLine(indent)})`;
  }

  /** Each operand on a line, with its operator before the operand. */
  #brokenInfix(node: FormulaNode, operator: Operator, power: number, place: Place): string {
    const needsBrackets = !place.isBracketed || operator.power < power;
    const inner = place.indent + INDENT;
    // Operators of another power are one operand: lines show what belongs together.
    const [first, ...others] = this.#operands(node, operator, (each) => each.power === operator.power);
    if (!first) return this.#node(node, power);
    const column = needsBrackets ? inner : place.column;
    const lines = [
      this.#fitted(first, { indent: needsBrackets ? inner : place.indent, column, isBracketed: false }),
      ...others.map((part) => this.#fitted(part, { indent: inner, column: inner, isBracketed: false })),
    ];
    const text = lines.join(newLine(inner));
    return needsBrackets ? `(${newLine(inner)}${text}${newLine(place.indent)})` : text;
  }

  /** A part on one line, or broken when it is too long and can be broken. */
  #fitted(part: Part, place: Place): string {
    const line = this.#part(part);
    const arg = argOf(part.node, part.port);
    // A comma may follow.
    if (place.column + line.length < LINE_WIDTH || place.indent > MOST_INDENT || arg === undefined || !isRef(arg))
      return line;
    const source = nodeOf(this.#formula, arg.from);
    if (!source || this.#names.has(arg.from) || isAction(source)) return line;
    const dot = outputOf(arg, source);
    const column = place.column + part.lead.length;
    return part.lead + this.#broken(source, dot === '' ? part.power : ATOM, { ...place, column }) + dot;
  }

  /**
   * A long sum leans to the left: its operators are written from the inside out, so that it needs no deeper stack than
   * a short one.
   */
  #infix(node: FormulaNode, operator: Operator, power: number): string {
    const text = this.#operands(node, operator, () => true)
      .map((part) => this.#part(part))
      .join(' ');
    return operator.power < power ? `(${text})` : text;
  }

  #operands(node: FormulaNode, operator: Operator, belongs: (operator: Operator) => boolean): readonly Part[] {
    const isNamed = (id: NodeId): boolean => this.#names.has(id);
    return operandsOf({ formula: this.#formula, isNamed, belongs }, { node, operator });
  }

  #operand({ part, isNumber }: Prefix): string {
    const text = this.#part(part);
    return isNumber ? `(${text})` : text;
  }

  #part({ node, port, power, lead, isText }: Part): string {
    return lead + this.#arg(node, port, power, isText);
  }

  /** An operand binds at least as tightly as `power`, or stands in brackets. A missing one is `_`. */
  #arg(node: FormulaNode, port: string, power: number, isText = false): string {
    const arg: Arg | undefined = argOf(node, port);
    if (arg === undefined) return '_';
    if (!isRef(arg)) return bracketed(arg, power, isText);
    return this.#ref(arg, power);
  }

  #ref(ref: Ref, power: number): string {
    const source = nodeOf(this.#formula, ref.from);
    if (!source) return '_';
    const dot = outputOf(ref, source);
    const name = this.#names.get(ref.from);
    if (name !== undefined) return (this.#nameOf?.(ref.from) ?? name) + dot;
    // An action gives nothing.
    if (isAction(source)) return '_';
    return this.#node(source, dot === '' ? power : ATOM) + dot;
  }
}

const newLine = (indent: number): string => `\n${' '.repeat(indent)}`;
