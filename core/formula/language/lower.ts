import { findBlock, findOutput, isBareName, isWrittenAsCall } from '../blocks/catalogue.ts';
import type { Block } from '../model/block.ts';
import type { Span } from '../model/diagnostic.ts';
import { FORMULA_FORMAT, isRef, type Arg, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';
import { CALLEE, SCOPE } from './functions.ts';
import type { Lowered } from './lowered.ts';
import { matchArguments } from './match-arguments.ts';
import { NamesInScope } from './names-in-scope.ts';
import { isParted } from './paragraphs.ts';
import { plainSpan, Problems } from './problems.ts';
import type { Syntax } from './read-statements.ts';
import {
  isExpression,
  leaningLeft,
  type Argument,
  type Call,
  type Expression,
  type FunctionStatement,
  type Operation,
  type Parameter,
  type Statement,
} from './syntax.ts';
import { replacement, tooMany, unknownArgument, unknownFunction, unknownOutput } from './unknown-names.ts';

/** Gives the names their meaning: statements become nodes, in their order, each behind the nodes written inside it. */
export const lower = (syntax: Pick<Syntax, 'statements' | 'lost' | 'epilogue'>): Lowered =>
  new Lowering(syntax.lost).run(syntax.statements, syntax.epilogue);

class Lowering {
  readonly #nodes: Record<NodeId, FormulaNode> = {};
  readonly #spans = new Map<NodeId, Span>();
  readonly #unread = new Map<NodeId, Set<string>>();
  readonly #problems = new Problems();
  readonly #names: NamesInScope;
  /** One node for each price that is mentioned, however often. */
  readonly #bare = new Map<string, NodeId>();
  #count = 0;

  constructor(lost: ReadonlySet<string>) {
    this.#names = new NamesInScope(this.#problems, lost);
  }

  run(statements: readonly Statement[], epilogue: string | undefined): Lowered {
    this.#statements(statements);
    const formula: Formula = {
      format: FORMULA_FORMAT,
      nodes: this.#nodes,
      ...(epilogue === undefined ? {} : { epilogue }),
    };
    return { formula, spans: this.#spans, unread: this.#unread, diagnostics: this.#problems.list() };
  }

  #statements(statements: readonly Statement[]): void {
    const ids = statements.map((statement) => {
      const id = this.#newId();
      this.#names.announce(statement, id);
      return id;
    });
    let above: FormulaNode | undefined;
    statements.forEach((statement, index) => {
      const id = ids[index] ?? this.#newId();
      this.#statement(statement, id);
      const node = this.#nodes[id];
      if (node && above && statement.isSpaced && !isParted(above, node)) this.#nodes[id] = { ...node, spaced: true };
      above = node;
    });
  }

  #newId(): NodeId {
    this.#count += 1;
    return `n${this.#count}`;
  }

  #statement(statement: Statement, id: NodeId): void {
    const about = {
      ...(statement.comment === undefined ? {} : { comment: statement.comment }),
      ...(statement.isMuted ? { muted: true as const } : {}),
    };
    if (statement.kind === 'input')
      this.#add(id, { block: 'input', name: statement.name, args: statement.args, ...about }, statement.span);
    else if (statement.kind === 'function') this.#function(statement, id, about);
    else if (statement.kind === 'action')
      this.#add(id, { ...this.#call(statement.call, id), ...about }, statement.span);
    else this.#add(id, { ...this.#root(statement.value, id), name: statement.name, ...about }, statement.span);
  }

  /**
   * A function is followed by its parameters, its statements and its results. They know its parameters, one another,
   * and the inputs of the strategy.
   */
  #function(statement: FunctionStatement, id: NodeId, about: Pick<FormulaNode, 'comment'>): void {
    const { name, params, body, results, span } = statement;
    this.#add(id, { block: 'fn', name, args: {}, ...about }, span);
    this.#names.enter(id);
    for (const param of params) this.#param(param);
    this.#statements(body);
    for (const { name: result, value, span: written } of results) {
      const own = this.#newId();
      const args = this.#given(own, { x: value });
      this.#add(own, { block: 'result', args, ...(result ? { name: result } : {}) }, written);
    }
    this.#names.leave();
  }

  #param({ name, default: fallback, span }: Parameter): void {
    const id = this.#newId();
    this.#names.announceParameter(name, id, span);
    this.#add(id, { block: 'param', name, args: fallback === undefined ? {} : { default: fallback } }, span);
  }

  #add(id: NodeId, node: FormulaNode, span: Span): NodeId {
    const scope = isBareName(node.block) && node.name === undefined ? null : this.#names.scope;
    this.#nodes[id] = scope === null ? node : { ...node, args: { [SCOPE]: { from: scope }, ...node.args } };
    this.#spans.set(id, plainSpan(span));
    return id;
  }

  /** What `name = expression` defines. A literal, a statement's name or an output of a node is held by a `value`. */
  #root(expression: Expression, id: NodeId): FormulaNode {
    return this.#node(expression, id) ?? { block: 'value', args: this.#given(id, { x: expression }) };
  }

  /** The node that an expression is, unless it is a literal or a wire to a node that is there already. */
  #node(expression: Expression, id: NodeId): FormulaNode | null {
    switch (expression.kind) {
      case 'operator':
        return this.#operator(expression, id);
      case 'past':
        return { block: 'past', args: this.#given(id, { x: expression.of, bars: expression.bars }) };
      case 'call':
        return this.#call(expression, id);
      case 'name':
        return this.#names.find(expression.name) === undefined && isBareName(expression.name)
          ? { block: expression.name, args: {} }
          : null;
      case 'literal':
      case 'output':
        return null;
    }
  }

  /** Undefined where a value is missing (`_`) or could not be read. */
  #arg(expression: Expression): Arg | undefined {
    if (expression.kind === 'literal') return expression.value;
    if (expression.kind === 'name') return this.#name(expression);
    if (expression.kind === 'output') return this.#output(expression);
    const id = this.#newId();
    const node = this.#node(expression, id);
    return node ? { from: this.#add(id, node, expression.span) } : undefined;
  }

  #given(id: NodeId, written: Readonly<Record<string, Expression>>): Record<string, Arg> {
    const args: Record<string, Arg> = {};
    for (const [port, expression] of Object.entries(written)) this.#take(id, args, port, expression);
    return args;
  }

  #take(id: NodeId, args: Record<string, Arg>, port: string, expression: Expression): void {
    const arg = this.#arg(expression);
    if (arg !== undefined) args[port] = arg;
    else if (expression.kind !== 'name' || expression.name !== '_') this.#markUnread(id, port);
  }

  #markUnread(id: NodeId, port: string): void {
    const known = this.#unread.get(id);
    if (known) known.add(port);
    else this.#unread.set(id, new Set([port]));
  }

  /** A long sum leans to the left: taking its operators from the inside out needs no deeper stack than a short sum. */
  #operator(expression: Operation, id: NodeId): FormulaNode {
    const [first, second] = expression.operands;
    if (!first || !second) return { block: expression.block, args: first ? this.#given(id, { x: first }) : {} };
    const { innermost, operators } = leaningLeft(first);
    let operand: Expression | Arg = innermost;
    for (const each of operators) {
      const innerId = this.#newId();
      operand = { from: this.#add(innerId, this.#binary(innerId, each, operand), each.span) };
    }
    return this.#binary(id, expression, operand);
  }

  #binary(id: NodeId, { block, operands }: Operation, left: Expression | Arg): FormulaNode {
    const args: Record<string, Arg> = {};
    if (isExpression(left)) this.#take(id, args, 'a', left);
    else args['a'] = left;
    if (operands[1]) this.#take(id, args, 'b', operands[1]);
    return { block, args };
  }

  #name({ name, span }: Extract<Expression, { kind: 'name' }>): Arg | undefined {
    const named = this.#names.find(name);
    if (named !== undefined) return { from: named };
    if (name === '_' || this.#names.isLost(name)) return undefined;
    if (isBareName(name)) {
      const shared = this.#bare.get(name) ?? this.#add(this.#newId(), { block: name, args: {} }, span);
      this.#bare.set(name, shared);
      return { from: shared };
    }
    this.#names.tellUnknown(name, span);
    return undefined;
  }

  #output({ of, name, nameSpan }: Extract<Expression, { kind: 'output' }>): Arg | undefined {
    const source = this.#arg(of);
    if (source === undefined) return undefined;
    if (!isRef(source) || source.output !== undefined) {
      this.#problems.add('output', nameSpan, 'A dot follows only what has outputs: bbands(close).upper');
      return undefined;
    }
    const node = this.#nodes[source.from];
    const block = node && findBlock(node.block);
    // A statement further down is not lowered yet; the checker looks at it.
    if (block && !findOutput(block, name)) {
      const { message, fix } = unknownOutput(block, name, nameSpan);
      this.#problems.add('unknown-output', nameSpan, message, { nodeId: source.from, fix });
      return undefined;
    }
    return { from: source.from, output: name };
  }

  #call({ name, nameSpan, args, span }: Call, id: NodeId): FormulaNode {
    const called = this.#names.functionCalled(name);
    if (called) {
      const given = this.#arguments(called.block, args, id);
      return { block: 'call', args: { [CALLEE]: { from: called.id }, ...given.args } };
    }
    const block = findBlock(name);
    if (!block || !isWrittenAsCall(block)) {
      if (!this.#problems.isFull && !this.#names.isLost(name)) {
        const { message, fix } = unknownFunction(name, nameSpan);
        this.#problems.add('unknown-function', nameSpan, message, { nodeId: id, fix });
      }
      for (const arg of args) this.#arg(arg.value);
      return { block: name, args: {} };
    }
    if (block.syntax?.kind === 'name') {
      const fix = args.length === 0 ? replacement(name, span) : undefined;
      this.#problems.add('not-a-function', span, `\`${name}\` takes no arguments: write it without brackets.`, {
        nodeId: id,
        fix,
      });
    }
    return { block: name, ...this.#arguments(block, args, id) };
  }

  #arguments(block: Block, args: readonly Argument[], id: NodeId): Pick<FormulaNode, 'args' | 'words'> {
    const given: Record<string, Arg> = {};
    const words: Record<string, string> = {};
    for (const { argument, ports, misfit } of matchArguments(block, args)) {
      const { name, value, span } = argument;
      const [port, ...others] = ports;
      if (!port) {
        this.#arg(value);
        if (misfit?.kind === 'twice')
          this.#problems.add('argument-twice', span, `\`${misfit.port}\` is given twice.`, {
            nodeId: id,
            port: misfit.port,
          });
        else if (misfit?.kind === 'unknown') this.#unknownArgument(block, argument, id);
        else if (misfit) this.#problems.add('too-many-arguments', span, tooMany(block), { nodeId: id });
        continue;
      }
      for (const each of ports) if (name !== undefined && name !== each.name) words[each.name] = name;
      this.#take(id, given, port.name, value);
      const arg = given[port.name];
      for (const { name: other } of others) {
        if (arg === undefined) this.#markUnread(id, other);
        else given[other] = arg;
      }
    }
    return { args: given, ...(Object.keys(words).length > 0 ? { words } : {}) };
  }

  #unknownArgument(block: Block, { name, nameSpan, span }: Argument, id: NodeId): void {
    if (name === undefined || this.#problems.isFull) return;
    const { message, fix, near } = unknownArgument(block, name, nameSpan);
    this.#problems.add('unknown-argument', nameSpan ?? span, message, { nodeId: id, fix });
    if (near !== undefined) this.#markUnread(id, near);
  }
}
