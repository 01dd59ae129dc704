import fc from 'fast-check';
import type { Port } from '../block.ts';
import { BLOCKS, isBareName } from '../catalogue.ts';
import { FORMULA_FORMAT, type Arg, type Formula, type FormulaNode, type Literal, type NodeId } from '../formula.ts';
import type { GivenType } from '../types.ts';

interface Source {
  readonly id: NodeId;
  readonly output?: string;
  readonly type: GivenType;
}

interface Choices {
  /** A whole number below `bound`. */
  below(bound: number): number;
}

const KERNELS = BLOCKS.filter((block) => block.kind === 'kernel' && !isBareName(block.name));
const PRICES = BLOCKS.filter((block) => block.kind === 'kernel' && isBareName(block.name));

const pick = <T>(choices: Choices, items: readonly T[]): T | undefined => items[choices.below(items.length)];

export interface FormulaSize {
  readonly maxStatements?: number;
  /** Feeds that it may read. None unless said otherwise. */
  readonly feeds?: readonly { readonly symbol?: string; readonly timeframe?: string }[];
}

/** Well-typed formulas in the form in which code gives them: parsing the print of one gives it back. */
export const arbitraryFormula = (size: FormulaSize = {}): fc.Arbitrary<Formula> =>
  fc.array(fc.nat(0xffff), { minLength: 40, maxLength: 400 }).map((numbers) => {
    let at = 0;
    const choices: Choices = { below: (bound) => (numbers[at++ % numbers.length] ?? 0) % Math.max(1, bound) };
    return build(choices, size);
  });

function build(choices: Choices, { maxStatements = 12, feeds = [] }: FormulaSize): Formula {
  const nodes: Record<NodeId, FormulaNode> = {};
  const sources: Source[] = [];
  const bare = new Map<string, NodeId>();
  let count = 0;
  const add = (node: FormulaNode): NodeId => {
    count += 1;
    nodes[`g${count}`] = node;
    return `g${count}`;
  };
  const comment = () => (choices.below(6) === 0 ? { comment: pick(choices, ['why', 'two\nlines', ' indented', '']) ?? '' } : {});

  for (let i = choices.below(3); i > 0; i -= 1) {
    const value = choices.below(40) + 2;
    sources.push({ id: add({ block: 'input', name: `in${i}`, args: { value, min: 1, max: 60 }, ...comment() }), type: 'number' });
  }
  const feedNodes = feeds.filter(() => choices.below(2) === 0).map(({ symbol, timeframe }, index) =>
    add({ block: 'feed', name: `feed${index}`, args: { ...(symbol === undefined ? {} : { symbol }), ...(timeframe === undefined ? {} : { timeframe }) } }));
  for (const id of feedNodes) for (const output of ['open', 'high', 'low', 'close', 'volume']) sources.push({ id, output, type: 'series<number>' });
  for (let i = choices.below(maxStatements); i > 0; i -= 1) {
    const node = call(choices.below(3) === 0 ? 'bool' : 'number', 2);
    const block = BLOCKS.find(({ name }) => name === node?.block);
    if (!node || !block) continue;
    const id = add({ ...node, name: `v${i}`, ...comment() });
    for (const output of block.outputs) {
      const type = output.type === 'any' ? anyType(node) : output.type;
      sources.push({ id, type, ...(block.outputs.length > 1 ? { output: output.name } : {}) });
    }
  }
  for (let i = choices.below(3) + 1; i > 0; i -= 1) {
    const block = pick(choices, ['buy', 'sell', 'short', 'cover', 'info']) ?? 'buy';
    const entry = block === 'buy' || block === 'short';
    const args: Record<string, Arg> = { when: arg({ name: 'when', type: 'series<bool>', help: '' }, 2) };
    if (entry && choices.below(2) === 0) args['size'] = pick(choices, ['50%', '100%', '12.5%']) ?? '100%';
    if (entry && choices.below(3) === 0) args['stop'] = pick(choices, ['2%', '5%']) ?? '2%';
    if (entry && choices.below(3) === 0) args['target'] = '10%';
    if (choices.below(4) === 0) args['note'] = pick(choices, ['a "quoted" note', 'back\\slash', 'line\nbreak', '50%']) ?? '';
    add({ block, args, ...comment() });
  }
  return { format: FORMULA_FORMAT, nodes, ...(choices.below(8) === 0 ? { epilogue: 'the end' } : {}) };

  function anyType(node: FormulaNode): GivenType {
    const [first] = Object.values(node.args);
    const source = typeof first === 'object' && first !== null && 'from' in first ? nodes[first.from] : undefined;
    const block = BLOCKS.find(({ name }) => name === source?.block);
    return block?.outputs[0]?.type === 'series<bool>' ? 'series<bool>' : 'series<number>';
  }

  function call(kind: 'number' | 'bool', depth: number): FormulaNode | null {
    const wanted = kind === 'bool' ? 'series<bool>' : 'series<number>';
    const block = pick(choices, KERNELS.filter(({ outputs, inputs }) => outputs[0]?.type === wanted && inputs.every(({ type }) => type !== 'feed' || true)));
    if (!block) return null;
    const args: Record<string, Arg> = {};
    for (const port of block.inputs) {
      if (port.type === 'feed' || (port.default !== undefined && choices.below(2) === 0)) break;
      args[port.name] = arg(port, depth);
    }
    const feed = feedNodes.length > 0 && block.inputs.some(({ type }) => type === 'feed') ? pick(choices, feedNodes) : undefined;
    if (feed !== undefined) args['feed'] = { from: feed };
    return { block: block.name, args };
  }

  function arg(port: Port, depth: number): Arg {
    if (port.type === 'series<number>' || port.type === 'any') return series('number', depth);
    if (port.type === 'series<bool>') return series('bool', depth);
    return constant(port);
  }

  function series(kind: 'number' | 'bool', depth: number): Arg {
    const wanted = kind === 'bool' ? 'series<bool>' : 'series<number>';
    const choice = choices.below(4);
    if (choice === 0 && kind === 'number') return pick<Literal>(choices, [0, 1, -2.5, 1e-7, 1e21, '5%']) ?? 1;
    if (choice <= 1) {
      const source = pick(choices, sources.filter(({ type }) => type === wanted || (kind === 'number' && type === 'number')));
      if (source) return { from: source.id, ...(source.output === undefined ? {} : { output: source.output }) };
    }
    const inner = depth > 0 && (choice === 2 || kind === 'bool') ? call(kind, depth - 1) : null;
    if (inner) return { from: add(inner) };
    return kind === 'bool' ? choices.below(2) === 0 : price();
  }

  function price(): Arg {
    const name = pick(choices, PRICES)?.name ?? 'close';
    const known = bare.get(name) ?? add({ block: name, args: {} });
    bare.set(name, known);
    return { from: known };
  }

  function constant(port: Port): Literal {
    if (port.type === 'bool') return choices.below(2) === 0;
    if (port.options) return pick(choices, port.options) ?? '';
    if (port.type === 'string') return 'text';
    const least = Math.ceil(port.min ?? 1);
    return Math.min(port.max ?? 50, least + choices.below(20));
  }
}
