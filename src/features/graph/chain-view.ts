import { chainPort, chainsOf, FREE_PORT, isChainPort, ownerOf, ownersOf } from '#core/formula/chains/chain.ts';
import type { Block, Port } from '#core/formula/model/block.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';

interface Folded {
  readonly members: readonly FormulaNode[];
  readonly node: FormulaNode;
}

const folded = new WeakMap<FormulaNode, Folded>();
/** The ports of a node that stands for a chain, those that are not given, too. */
const portsOf = new WeakMap<FormulaNode, readonly string[]>();
const blocks = new WeakMap<FormulaNode, Block>();

/** The formula with each chain as one node, which has a port for each argument of the chain. */
export function foldChains(formula: Formula): Formula {
  const chains = chainsOf(formula);
  if (chains.size === 0) return formula;
  const hidden = new Set([...chains.values()].flatMap((members) => members.slice(0, -1)));
  const nodes = Object.entries(formula.nodes).flatMap(([id, node]): [NodeId, FormulaNode][] => {
    const members = chains.get(id);
    return hidden.has(id) ? [] : [[id, members ? foldedNode(formula, node, members) : node]];
  });
  return { ...formula, nodes: Object.fromEntries(nodes) };
}

/** A node as it is drawn: one that stands for a chain, with all that the chain takes. */
export function nodeAsDrawn(formula: Formula, id: NodeId): FormulaNode | undefined {
  const node = nodeOf(formula, id);
  const members = chainsOf(formula).get(id);
  return node && members ? foldedNode(formula, node, members) : node;
}

/** The same object as long as the chain is the same. */
function foldedNode(formula: Formula, root: FormulaNode, ids: readonly NodeId[]): FormulaNode {
  const members = ids.flatMap((id) => nodeOf(formula, id) ?? []);
  const known = folded.get(root);
  if (known?.members.length === members.length && members.every((node, index) => node === known.members[index]))
    return known.node;
  const { a: _a, b: _b, ...args } = root.args;
  const given: Record<string, Arg> = { ...args };
  const owners = ownersOf(ids);
  for (const owner of owners) {
    const arg = nodeOf(formula, owner.id)?.args[owner.port];
    if (arg !== undefined) given[chainPort(owner)] = arg;
  }
  const node: FormulaNode = { ...root, args: given };
  folded.set(root, { members, node });
  portsOf.set(node, owners.map(chainPort));
  return node;
}

/** The nodes of which the chains that are drawn are made, with what is drawn of them. */
export function unfoldedNodes(whole: Formula, id: NodeId, node: FormulaNode): [NodeId, FormulaNode][] {
  const ports = Object.keys(node.args).filter(isChainPort);
  const members = ports.length === 0 ? undefined : chainsOf(whole).get(id);
  if (!members) return [[id, node]];
  return members.map((member, index) => {
    const inner = members[index - 1];
    const own = Object.entries(node.args).flatMap(([port, arg]): [string, Arg][] => {
      const owner = ownerOf(id, port);
      return isChainPort(port) && owner.id === member ? [[owner.port, arg]] : [];
    });
    const left: [string, Arg][] = inner === undefined ? [] : [['a', { from: inner }]];
    const rest = Object.entries(node.args).filter(([port]) => !isChainPort(port) && port !== FREE_PORT);
    const is = member === id ? node : (nodeOf(whole, member) ?? node);
    return [member, { ...is, args: { ...Object.fromEntries([...left, ...own]), ...Object.fromEntries(rest) } }];
  });
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** What people call the port at that place of a chain: `a`, `b`, `c` …, behind `z` by number. */
const letterAt = (index: number): string => LETTERS[index] ?? String(index + 1);

/** The name of a port as people read it. */
export function portName(node: FormulaNode | undefined, port: string): string {
  if (port === FREE_PORT) return 'one more';
  const index = isChainPort(port) && node ? chainPortsOf(node).indexOf(port) : -1;
  return index < 0 ? ownerOf('', port).port : letterAt(index);
}

const PLAIN: readonly string[] = ['a', 'b'];

function chainPortsOf(node: FormulaNode): readonly string[] {
  const known = portsOf.get(node);
  if (known) return known;
  const own = Object.keys(node.args).filter(isChainPort);
  return own.length > 0 ? own : PLAIN;
}

/** What a chain of more than two is, by its sign: the catalogue speaks of both. */
const HELP_OF_ALL: Readonly<Record<string, string>> = {
  and: 'Whether all of them are true.',
  or: 'Whether at least one of them is true.',
  add: 'The sum of all of them.',
  mul: 'The product of all of them.',
  min: 'The least of all of them.',
  max: 'The greatest of all of them.',
};

/**
 * The block of a sign as it is drawn: with the ports of the whole chain, and one that is free where all others are
 * given; of an operator, where all others have wires.
 */
export function chainBlock(block: Block, node: FormulaNode): Block {
  const known = blocks.get(node);
  if (known) return known;
  const names = chainPortsOf(node);
  const isFull = names.every((name) => {
    const arg = node.args[name];
    return block.syntax ? isRef(arg) : arg !== undefined;
  });
  const isPlain = names === PLAIN;
  const [first, second] = block.inputs;
  if (!first || !second || (isPlain && !isFull)) return block;
  const isLonger = names.length > PLAIN.length;
  const inputs = names.map((name, index): Port => ({
    ...(index === 0 ? first : second),
    name,
    ...(isLonger ? { help: 'One of them.' } : {}),
  }));
  const free: Port = { ...second, name: FREE_PORT, help: 'One more.', default: null };
  const help = isLonger ? (HELP_OF_ALL[block.name] ?? block.help) : block.help;
  const made: Block = { ...block, help, inputs: isFull && node.muted !== true ? [...inputs, free] : inputs };
  blocks.set(node, made);
  return made;
}
