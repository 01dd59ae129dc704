import type { Block } from './block.ts';
import { BARE_NAMES, CALLABLE, findBlock, findOutput, findPort, isBareName } from './catalogue.ts';
import type { Diagnostic, Span } from './diagnostic.ts';
import { FORMULA_FORMAT, isRef, type Arg, type Formula, type FormulaNode, type NodeId } from './formula.ts';
import { didYouMean } from './suggest.ts';
import type { Argument, Expression, Statement } from './syntax.ts';

export interface Lowered {
  readonly formula: Formula;
  /** Where each node is written: a statement's whole text, or the expression of a node inside one. */
  readonly spans: ReadonlyMap<NodeId, Span>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Gives the names their meaning: statements become nodes, in their order, each behind the nodes written inside it. */
export function lower(statements: readonly Statement[], epilogue: string | undefined): Lowered {
  return new Lowering().run(statements, epilogue);
}

const plain = ({ start, end, line, column }: Span): Span => ({ start, end, line, column });

class Lowering {
  readonly #nodes: Record<NodeId, FormulaNode> = {};
  readonly #spans = new Map<NodeId, Span>();
  readonly #diagnostics: Diagnostic[] = [];
  /** Statement name → its node, known before any expression is read: the order of statements is free. */
  readonly #named = new Map<string, NodeId>();
  /** One node for each price that is mentioned, however often. */
  readonly #bare = new Map<string, NodeId>();
  #count = 0;

  run(statements: readonly Statement[], epilogue: string | undefined): Lowered {
    const ids = statements.map((statement) => this.#announce(statement));
    statements.forEach((statement, index) => this.#statement(statement, ids[index] ?? this.#newId()));
    const formula: Formula = { format: FORMULA_FORMAT, nodes: this.#nodes, ...(epilogue === undefined ? {} : { epilogue }) };
    return { formula, spans: this.#spans, diagnostics: this.#diagnostics };
  }

  #newId(): NodeId {
    this.#count += 1;
    return `n${this.#count}`;
  }

  #announce(statement: Statement): NodeId {
    const id = this.#newId();
    if (statement.kind === 'action') return id;
    const { name, nameSpan } = statement;
    if (this.#named.has(name)) this.#problem('duplicate-name', `\`${name}\` is defined twice. Give one of them another name.`, nameSpan, id);
    else if (isBareName(name)) this.#problem('reserved', `\`${name}\` has a meaning already; choose another name.`, nameSpan, id);
    else this.#named.set(name, id);
    return id;
  }

  #statement(statement: Statement, id: NodeId): void {
    const about = statement.comment === undefined ? {} : { comment: statement.comment };
    if (statement.kind === 'input') this.#add(id, { block: 'input', name: statement.name, args: statement.args, ...about }, statement.span);
    else if (statement.kind === 'action') this.#add(id, { ...this.#call(statement.call), ...about }, statement.span);
    else this.#add(id, { ...this.#root(statement.value), name: statement.name, ...about }, statement.span);
  }

  #add(id: NodeId, node: FormulaNode, span: Span): NodeId {
    this.#nodes[id] = node;
    this.#spans.set(id, plain(span));
    return id;
  }

  /** What `name = expression` defines. A literal, another statement's name or an output of a node is held by a `value`. */
  #root(expression: Expression): FormulaNode {
    const node = this.#node(expression);
    if (node) return node;
    const x = this.#arg(expression);
    return { block: 'value', args: x === undefined ? {} : { x } };
  }

  /** The node that an expression is, unless it is a literal or a wire to a node that is there already. */
  #node(expression: Expression): FormulaNode | null {
    switch (expression.kind) {
      case 'operator':
        return this.#operator(expression);
      case 'past':
        return { block: 'past', args: { ...this.#one('x', expression.of), bars: expression.bars } };
      case 'call':
        return this.#call(expression);
      case 'name':
        return !this.#named.has(expression.name) && isBareName(expression.name) ? { block: expression.name, args: {} } : null;
      case 'literal':
      case 'output':
        return null;
    }
  }

  #arg(expression: Expression): Arg | undefined {
    if (expression.kind === 'literal') return expression.value;
    if (expression.kind === 'name') return this.#name(expression);
    if (expression.kind === 'output') return this.#output(expression);
    const node = this.#node(expression);
    return node ? { from: this.#add(this.#newId(), node, expression.span) } : undefined;
  }

  #one(port: string, expression: Expression): Record<string, Arg> {
    const arg = this.#arg(expression);
    return arg === undefined ? {} : { [port]: arg };
  }

  #operator({ block, operands }: Extract<Expression, { kind: 'operator' }>): FormulaNode {
    const [a, b] = operands;
    if (a && b) return { block, args: { ...this.#one('a', a), ...this.#one('b', b) } };
    return { block, args: a ? this.#one('x', a) : {} };
  }

  #name({ name, span }: Extract<Expression, { kind: 'name' }>): Arg | undefined {
    if (name === '_') return undefined;
    const named = this.#named.get(name);
    if (named !== undefined) return { from: named };
    if (isBareName(name)) {
      const shared = this.#bare.get(name) ?? this.#add(this.#newId(), { block: name, args: {} }, span);
      this.#bare.set(name, shared);
      return { from: shared };
    }
    const isFunction = findBlock(name) !== undefined;
    const hint = isFunction ? ` It is a function: write \`${name}(…)\`.` : didYouMean(name, [...this.#named.keys(), ...BARE_NAMES]);
    this.#problem('unknown-name', `There is no \`${name}\` here.${hint}`, span);
    return undefined;
  }

  #output({ of, name, span }: Extract<Expression, { kind: 'output' }>): Arg | undefined {
    const source = this.#arg(of);
    if (source === undefined) return undefined;
    if (!isRef(source) || source.output !== undefined) {
      this.#problem('output', 'A dot follows only what has outputs: bbands(close).upper', span);
      return undefined;
    }
    const node = this.#nodes[source.from];
    const block = node && findBlock(node.block);
    // A statement further down is not lowered yet; the checker looks at it.
    if (block && !findOutput(block, name)) {
      const known = block.outputs.map((output) => output.name);
      this.#problem('unknown-output', `\`${block.name}\` has no output \`${name}\`, but ${listed(known)}.${didYouMean(name, known)}`, span, source.from);
      return undefined;
    }
    return { from: source.from, output: name };
  }

  #call({ name, args, span }: Extract<Expression, { kind: 'call' }>): FormulaNode {
    const block = findBlock(name);
    if (!block || (block.syntax && block.syntax.kind !== 'name') || name === 'input' || name === 'value') {
      this.#problem('unknown-function', `There is no function \`${name}\`.${didYouMean(name, CALLABLE)}`, { ...span, end: span.start + name.length });
      for (const arg of args) this.#arg(arg.value);
      return { block: name, args: {} };
    }
    if (block.syntax) this.#problem('not-a-function', `\`${name}\` takes no arguments: write it without brackets.`, span);
    return { block: name, args: this.#arguments(block, args) };
  }

  #arguments(block: Block, args: readonly Argument[]): Record<string, Arg> {
    const given: Record<string, Arg> = {};
    const seen = new Set<string>();
    args.forEach(({ name, value, span }, index) => {
      const port = name === undefined ? block.inputs[index] : findPort(block, name);
      const arg = this.#arg(value);
      if (!port) {
        this.#problem(...(name === undefined ? tooMany(block) : unknownArgument(block, name)), span);
      } else if (seen.has(port.name)) {
        this.#problem('argument-twice', `\`${port.name}\` is given twice.`, span);
      } else {
        seen.add(port.name);
        if (arg !== undefined) given[port.name] = arg;
      }
    });
    return given;
  }

  #problem(code: string, message: string, span: Span, nodeId?: NodeId): void {
    this.#diagnostics.push({ code, severity: 'error', message, span: plain(span), ...(nodeId === undefined ? {} : { nodeId }) });
  }
}

const listed = (names: readonly string[]) => (names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', '));

const tooMany = ({ name, inputs }: Block): [string, string] =>
  ['too-many-arguments', `\`${name}\` takes ${inputs.length === 0 ? 'no arguments' : `${inputs.length} at the most: ${listed(inputs.map((port) => port.name))}`}.`];

function unknownArgument({ name, inputs }: Block, given: string): [string, string] {
  const known = inputs.map((port) => port.name);
  return ['unknown-argument', `\`${name}\` has no argument \`${given}\`, but ${listed(known)}.${didYouMean(given, known)}`];
}
