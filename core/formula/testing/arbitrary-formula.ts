import fc from 'fast-check';
import { argumentOf, BLOCKS, findBlock, isBareName, isRequired, mustMove } from '../blocks/catalogue.ts';
import { aliasesOf, portsCalled } from '../blocks/field-names.ts';
import { measureOfArg, measureOfNode, type Measures } from '../facts/measures.ts';
import { isParted } from '../language/paragraphs.ts';
import { statementsOf } from '../language/statements.ts';
import type { Block, KernelBlock, Port } from '../model/block.ts';
import {
  FORMULA_FORMAT,
  isRef,
  type Arg,
  type Formula,
  type FormulaNode,
  type Literal,
  type NodeId,
  type Ref,
} from '../model/formula.ts';

interface FormulaOptions {
  readonly maxStatements?: number;
  /** Feeds that it may read. None unless said otherwise. */
  readonly feeds?: readonly { readonly symbol?: string; readonly timeframe?: string }[];
}

/** Bars of another symbol, and the own ones by the week. */
export const SOME_FEEDS = [{ symbol: 'OTHER' }, { timeframe: '1w' }, { symbol: 'OTHER', timeframe: '1w' }] as const;

/**
 * Well-typed formulas of all the blocks there are, in the form in which code gives them: parsing the print of one gives
 * it back.
 */
export const arbitraryFormula = (options: FormulaOptions = {}): fc.Arbitrary<Formula> =>
  fc
    .array(fc.nat(0xffff), { minLength: 40, maxLength: 400 })
    .map((numbers) => new FormulaBuilder(numbers, options).build());

type Kind = 'number' | 'bool';

/** How a value is to be: `moving` when something looks back over it. */
interface Wanted {
  readonly kind: Kind;
  readonly depth: number;
  readonly moving?: boolean;
}

/** A value that a wire may bring. */
interface Source {
  readonly ref: Ref;
  readonly kind: Kind;
}

const KERNELS = BLOCKS.filter((block): block is KernelBlock => block.kind === 'kernel');
const CALLS = KERNELS.filter((block) => !isBareName(block.name));
const BARE = BLOCKS.filter((block) => isBareName(block.name));
const SIZES = BLOCKS.filter((block) => block.kind === 'size');
const COMMENTS = ['why', 'two\nlines', ' indented', '', '# twice', 'a "quote"'];
const NUMBERS: readonly Literal[] = [0, 1, -2.5, 1e-7, 1e21, '5%', '-12.5%', 100, 0.1, null];

const kindOf = (type: string): Kind | 'any' => (type === 'any' ? 'any' : type === 'series<bool>' ? 'bool' : 'number');
const gives =
  (kind: Kind) =>
  (block: Block): boolean =>
    block.outputs.some(({ type }) => type !== 'size' && (kindOf(type) === kind || kindOf(type) === 'any'));
const CALLS_OF: Readonly<Record<Kind, readonly KernelBlock[]>> = {
  number: CALLS.filter(gives('number')),
  bool: CALLS.filter(gives('bool')),
};

class FormulaBuilder {
  readonly #numbers: readonly number[];
  readonly #options: FormulaOptions;
  readonly #nodes: Record<NodeId, FormulaNode> = {};
  readonly #sources: Source[] = [];
  readonly #inputs: { readonly id: NodeId; readonly value: Literal }[] = [];
  readonly #feeds: NodeId[] = [];
  readonly #bare = new Map<string, NodeId>();
  readonly #measures: Measures = new Map();
  readonly #moving = new Set<NodeId>();
  #at = 0;
  #count = 0;

  constructor(numbers: readonly number[], options: FormulaOptions) {
    this.#numbers = numbers;
    this.#options = options;
  }

  build(): Formula {
    for (let i = this.#below(4); i > 0; i -= 1) this.#input(`in${i}`);
    for (const [index, feed] of (this.#options.feeds ?? []).entries())
      if (this.#one(2))
        this.#feeds.push(this.#add({ block: 'feed', name: `feed${index}`, args: { ...feed }, ...this.#comment() }));
    for (let i = this.#below(this.#options.maxStatements ?? 12); i > 0; i -= 1) this.#binding(`v${i}`);
    for (let i = this.#below(3) + 1; i > 0; i -= 1) this.#action();
    const epilogue = this.#one(8) ? { epilogue: this.#pick(COMMENTS) } : {};
    const formula: Formula = { format: FORMULA_FORMAT, nodes: this.#nodes, ...epilogue };
    this.#space(formula);
    return formula;
  }

  /** Blank lines where code has none by itself. */
  #space(formula: Formula): void {
    const { order } = statementsOf(formula);
    order.forEach((id, index) => {
      const [above, node] = [this.#nodes[order[index - 1] ?? ''], this.#nodes[id]];
      if (above && node && !isParted(above, node) && this.#one(4)) this.#nodes[id] = { ...node, spaced: true };
    });
  }

  /** A whole number below `bound`. */
  #below(bound: number): number {
    this.#at += 1;
    return (this.#numbers[this.#at % this.#numbers.length] ?? 0) % Math.max(1, bound);
  }

  #one(of: number): boolean {
    return this.#below(of) === 0;
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[this.#below(items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  #add(node: FormulaNode): NodeId {
    this.#count += 1;
    const id = `g${this.#count}`;
    const block = findBlock(node.block);
    if (block) this.#measures.set(id, measureOfNode(block, node, this.#known()));
    if (
      block &&
      block.kind !== 'input' &&
      (block.inputs.length === 0 ||
        (block.kind === 'kernel' && (!block.pointwise || block.reads)) ||
        block.kind === 'feed' ||
        block.inputs.some((port) => this.#moves(argumentOf(node, port))))
    )
      this.#moving.add(id);
    this.#nodes[id] = node;
    return id;
  }

  #known(): Parameters<typeof measureOfArg>[1] {
    return { measures: this.#measures, find: (id) => ({ block: findBlock(this.#nodes[id]?.block ?? '') }) };
  }

  #moves(arg: Arg | undefined): boolean {
    return isRef(arg) && this.#moving.has(arg.from);
  }

  #comment(): { readonly comment?: string } {
    return this.#one(6) ? { comment: this.#pick(COMMENTS) } : {};
  }

  #input(name: string): void {
    const whole = this.#below(40) + 2;
    const args: Record<string, Arg> = this.#pick<Record<string, Arg>>([
      { value: whole, min: 1, max: 60 },
      { value: whole, min: 2, max: 80, step: 1 },
      { value: whole },
      { value: 3, options: [3, 5, 8] },
      { value: '5%', min: '1%', max: '10%' },
      { value: true },
      { value: false },
      { value: 'sma', options: ['sma', 'ema'] },
      { value: 2.5, min: 0.5 },
      { value: 4, max: 9 },
    ]);
    const id = this.#add({ block: 'input', name, args, ...this.#comment() });
    const value = args['value'];
    if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
      this.#inputs.push({ id, value });
    if (value !== 'sma')
      this.#sources.push({ ref: { from: id }, kind: typeof value === 'boolean' ? 'bool' : 'number' });
  }

  #binding(name: string): void {
    const kind = this.#pick<Kind>(['number', 'bool']);
    const node = this.#one(8) ? this.#otherName(kind) : this.#call(kind, 2);
    const id = this.#add({ ...node, name, ...this.#comment() });
    const outputs = findBlock(node.block)?.outputs ?? [];
    for (const output of outputs)
      this.#sources.push({
        ref: outputs.length > 1 ? { from: id, output: output.name } : { from: id },
        kind: kindOf(output.type) === 'any' ? kind : kindOf(output.type) === 'bool' ? 'bool' : 'number',
      });
  }

  /** A literal, a statement or a price under a name of its own. */
  #otherName(kind: Kind): FormulaNode {
    const known = this.#sources.filter((source) => source.kind === kind);
    if (kind === 'number' && this.#one(4))
      return { block: this.#pick(BARE.filter(({ outputs }) => outputs.length === 1)).name, args: {} };
    return {
      block: 'value',
      args: { x: known.length > 0 && this.#one(2) ? this.#pick(known).ref : this.#literal(kind) },
    };
  }

  #action(): void {
    const block = findBlock(this.#pick(['buy', 'sell', 'short', 'cover', 'info']));
    if (!block) return;
    const args: Record<string, Arg> = {};
    for (const port of block.inputs) if (isRequired(port) || this.#one(4)) args[port.name] = this.#arg(port, 2);
    this.#add({ block: block.name, args, ...this.#comment() });
  }

  /** A call of one of the blocks that give such a value. */
  #call(kind: Kind, depth: number): FormulaNode {
    const block = this.#pick(CALLS_OF[kind]);
    const args: Record<string, Arg> = {};
    for (const port of block.inputs) {
      if (!isRequired(port) && this.#one(2)) continue;
      if (port.type === 'feed' && this.#feeds.length === 0) continue;
      const moving = mustMove(block, port) || (port.mayStandStill === true && port === block.inputs[0]);
      args[port.name] = port.type === 'any' ? this.#series({ kind, depth, moving }) : this.#arg(port, depth, moving);
    }
    return { block: block.name, args, ...this.#words(block, args) };
  }

  /** Other names for some of the arguments. */
  #words(block: Block, args: Readonly<Record<string, Arg>>): Pick<FormulaNode, 'words'> {
    const words: Record<string, string> = {};
    for (const { name } of block.inputs) {
      const aliases = aliasesOf(block, name);
      if (args[name] === undefined || aliases.length === 0 || !this.#one(8)) continue;
      const word = this.#pick(aliases);
      if (portsCalled(block, word).length === 1) words[name] = word;
    }
    return Object.keys(words).length > 0 ? { words } : {};
  }

  #arg(port: Port, depth: number, moving = false): Arg {
    switch (port.type) {
      case 'series<number>':
      case 'any':
        return this.#series({ kind: 'number', depth, moving });
      case 'series<bool>':
        return this.#series({ kind: 'bool', depth });
      case 'level':
        return this.#level(depth);
      case 'size':
        return this.#one(2) ? this.#pick(['50%', '100%', 0.25]) : this.#size();
      case 'feed':
        return { from: this.#pick(this.#feeds) };
      default:
        return this.#constant(port);
    }
  }

  /** A percentage, one that is computed, or a number that is none at any bar. */
  #level(depth: number): Arg {
    const choice = this.#below(4);
    const percentages = this.#sources.filter(({ ref }) => measureOfArg(ref, this.#known()) === 'percent');
    if (choice === 0) return this.#pick(['2%', '7.5%']);
    if (choice === 1 && percentages.length > 0) return this.#pick(percentages).ref;
    if (choice === 2)
      return {
        from: this.#add(
          this.#one(2)
            ? { block: 'where', args: { cond: this.#series({ kind: 'bool', depth: depth - 1 }), a: '3%', b: '6%' } }
            : { block: 'mul', args: { a: 2, b: '1.5%' } },
        ),
      };
    const arg = this.#series({ kind: 'number', depth });
    // The close beside it makes a price of it, whatever it was.
    return measureOfArg(arg, this.#known()) === 'mixed'
      ? { from: this.#add({ block: 'mul', args: { a: arg, b: { from: this.#word('close') } } }) }
      : arg;
  }

  #size(): Arg {
    const block = this.#pick(SIZES);
    return {
      from: this.#add({ block: block.name, args: Object.fromEntries(block.inputs.map((port) => [port.name, 0.5])) }),
    };
  }

  #series({ kind, depth, moving = false }: Wanted): Arg {
    const choice = this.#below(5);
    const known = this.#sources.filter((source) => source.kind === kind && (!moving || this.#moves(source.ref)));
    if (choice === 0 && !moving) return this.#literal(kind);
    if (choice <= 2 && known.length > 0) return this.#pick(known).ref;
    if (choice >= 3 && depth > 0) {
      const arg = this.#inline(kind, depth - 1);
      return moving && !this.#moves(arg)
        ? { from: this.#add({ block: kind === 'number' ? 'add' : 'or', args: { a: arg, b: this.#mover(kind) } }) }
        : arg;
    }
    return kind === 'number' || moving ? this.#mover(kind) : this.#literal(kind);
  }

  #mover(kind: Kind): Arg {
    return kind === 'number' ? this.#price() : { from: this.#add({ block: 'gt', args: { a: this.#price(), b: 20 } }) };
  }

  #literal(kind: Kind): Literal {
    return kind === 'bool' ? this.#one(2) : this.#pick(NUMBERS);
  }

  #inline(kind: Kind, depth: number): Arg {
    const node = this.#call(kind, depth);
    const outputs = findBlock(node.block)?.outputs ?? [];
    const fitting = outputs.filter(({ type }) => kindOf(type) === kind || kindOf(type) === 'any');
    const from = this.#add(node);
    return outputs.length > 1 ? { from, output: this.#pick(fitting).name } : { from };
  }

  #price(): Arg {
    if (this.#feeds.length > 0 && this.#one(3))
      return { from: this.#pick(this.#feeds), output: this.#pick(['open', 'high', 'low', 'close', 'volume']) };
    const block = this.#pick(BARE);
    const from = this.#word(block.name);
    return block.outputs.length > 1 ? { from, output: this.#pick(block.outputs).name } : { from };
  }

  /** One node for each bare word, however often it is mentioned. */
  #word(name: string): NodeId {
    const id = this.#bare.get(name) ?? this.#add({ block: name, args: {} });
    this.#bare.set(name, id);
    return id;
  }

  #constant(port: Port): Arg {
    const fits = (value: Literal) =>
      port.options
        ? typeof value === 'string' && port.options.includes(value)
        : typeof value === 'number' && port.type === 'number' && isWithin(port, value);
    const wired = this.#inputs.filter(({ value }) => fits(value));
    if (wired.length > 0 && this.#one(3)) return { from: this.#pick(wired).id };
    if (port.type === 'bool') return this.#one(2);
    if (port.options) return this.#pick(port.options);
    if (port.type === 'string') return this.#pick(['a "quoted" note', 'back\\slash', 'line\nbreak', '50%', '']);
    const least = Math.ceil(port.min ?? 1);
    const whole = Math.min(port.max ?? 50, least + this.#below(20));
    return !port.integer && this.#one(2) && isWithin(port, whole + 0.5) ? whole + 0.5 : whole;
  }
}

const isWithin = ({ min = -Infinity, max = Infinity, integer }: Port, value: number): boolean =>
  value >= min && value <= max && (!integer || Number.isInteger(value));
