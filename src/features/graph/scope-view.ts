import { findBlock, isBareName } from '#core/formula/blocks/catalogue.ts';
import { FREE_PORT, isChained, ownerOf, withMembers } from '#core/formula/chains/chain.ts';
import { connectionsOf, type Connections } from '#core/formula/check/connections.ts';
import { blockOfFunction, blockOfNode } from '#core/formula/language/block-of-call.ts';
import { CALLEE, functionsOf, SCOPE, scopeOf } from '#core/formula/language/functions.ts';
import type { AnnotationId, Frame, StickyNote } from '#core/formula/model/annotations.ts';
import type { Block } from '#core/formula/model/block.ts';
import {
  isRef,
  nodeOf,
  type Arg,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Ref,
} from '#core/formula/model/formula.ts';
import { chainBlock, foldChains, unfoldedNodes } from './chain-view.ts';

/** What is drawn of a formula: the strategy without what its functions are made of, or one of its functions. */
interface ScopedFormula extends Formula {
  readonly whole: Formula;
  readonly scope: NodeId | null;
}

const blocks = new WeakMap<FormulaNode, Block>();
const drawn = new WeakMap<FormulaNode, { readonly key: string; readonly node: FormulaNode }>();

/** The block of a node that is drawn; of a call, the function as a block, of a chain, a block of as many ports. */
export function blockOf(node: FormulaNode | undefined): Block | undefined {
  const block = node && (blocks.get(node) ?? findBlock(node.block));
  return block && isChained(node.block) ? chainBlock(block, node) : block;
}

/**
 * The nodes of the strategy, or those of one of its functions with the prices and inputs that are wired to them; each
 * chain (`a and b and c`) as one node.
 */
export function scopeView(whole: Formula, scope: NodeId | null): Formula {
  if (functionsOf(whole).size === 0) {
    const folded = foldChains(whole);
    const chained: ScopedFormula = { ...folded, whole, scope: null };
    return folded === whole ? whole : chained;
  }
  const annotations = annotationsIn(whole, scope);
  const ids = new Set(
    Object.entries(whole.nodes).flatMap(([id, node]) =>
      node.block !== 'fn' && (scopeOf(whole, node) ?? null) === scope ? [id] : [],
    ),
  );
  if (scope !== null) {
    const used = [...ids]
      .flatMap((id) => Object.values(whole.nodes[id]?.args ?? {}))
      .flatMap((arg) => (isRef(arg) ? [arg.from] : []));
    // Prices that stand in the strategy are drawn there, and here where they are used.
    for (const id of [...ids]) if (isIdlePrice(whole, id)) ids.delete(id);
    for (const id of used) if (whole.nodes[id] && whole.nodes[id].block !== 'fn') ids.add(id);
  } else for (const id of [...ids]) if (isIdlePrice(whole, id) && isUsedInFunction(whole, id)) ids.delete(id);
  const nodes = Object.entries(whole.nodes).flatMap(([id, node]): [NodeId, FormulaNode][] =>
    ids.has(id) ? [[id, drawnNode(whole, node)]] : [],
  );
  const { frames: _frames, notes: _notes, ...bare } = whole;
  const view: ScopedFormula = {
    ...foldChains({ ...bare, nodes: Object.fromEntries(nodes) }),
    ...annotations,
    whole,
    scope,
  };
  return view;
}

/**
 * The frames and notes of the graph that is open. Those of a function that is gone stand in the strategy's: what
 * somebody wrote is not lost with the function.
 */
function annotationsIn(whole: Formula, scope: NodeId | null): Pick<Formula, 'frames' | 'notes'> {
  const functions = functionsOf(whole);
  const here = <T extends Frame | StickyNote>(all: Readonly<Record<AnnotationId, T>> = {}): Record<AnnotationId, T> =>
    Object.fromEntries(
      Object.entries(all).filter(([, each]) => (functions.has(each.in ?? '') ? (each.in ?? null) : null) === scope),
    );
  return {
    ...(whole.frames ? { frames: here(whole.frames) } : {}),
    ...(whole.notes ? { notes: here(whole.notes) } : {}),
  };
}

const isPrice = ({ block, name }: FormulaNode): boolean => isBareName(block) && name === undefined;

/** A price that only nodes of functions read belongs to what is drawn of these. */
function isIdlePrice(whole: Formula, id: NodeId): boolean {
  const node = nodeOf(whole, id);
  if (!node || !isPrice(node) || scopeOf(whole, node) !== undefined) return false;
  return !Object.values(whole.nodes).some(
    (user) =>
      scopeOf(whole, user) === undefined && Object.values(user.args).some((arg) => isRef(arg) && arg.from === id),
  );
}

const isUsedInFunction = (whole: Formula, id: NodeId): boolean =>
  Object.values(whole.nodes).some(
    (user) =>
      scopeOf(whole, user) !== undefined && Object.values(user.args).some((arg) => isRef(arg) && arg.from === id),
  );

/**
 * Whether a node stands in other graphs of the formula, too: an input of the strategy in a function, or a price that is
 * read elsewhere.
 */
export function standsElsewhere(formula: Formula, id: NodeId): boolean {
  const node = isScoped(formula) ? nodeOf(formula.whole, id) : undefined;
  if (!isScoped(formula) || !node) return false;
  const { whole, scope } = formula;
  if (node.block === 'input') return scope !== null;
  return (
    isPrice(node) &&
    Object.values(whole.nodes).some(
      (user) =>
        (scopeOf(whole, user) ?? null) !== scope &&
        Object.values(user.args).some((arg) => isRef(arg) && arg.from === id),
    )
  );
}

/** The same object as long as it is drawn the same. */
function drawnNode(whole: Formula, node: FormulaNode): FormulaNode {
  const block = blockOfNode(whole, node);
  const isOwn = findBlock(node.block) === undefined && block !== undefined;
  if (!isOwn && node.args[SCOPE] === undefined) return node;
  const key = isOwn ? JSON.stringify(block) : '';
  const known = drawn.get(node);
  if (known?.key === key) return known.node;
  const { [SCOPE]: _scope, ...args } = node.args;
  const { [CALLEE]: _callee, ...own } = args;
  const shown = { ...node, args: node.block === 'call' ? own : args };
  if (isOwn) blocks.set(shown, block);
  drawn.set(node, { key, node: shown });
  return shown;
}

/** The functions that can be called from what is drawn, as blocks: all but the one that is open. */
export function functionBlocks(formula: Formula): readonly Block[] {
  const { whole, scope } = isScoped(formula) ? formula : { whole: formula, scope: null };
  return [...functionsOf(whole).keys()].flatMap((id) => (id === scope ? [] : (blockOfFunction(whole, id) ?? [])));
}

/** A call of the function of that block. */
export function callOf(formula: Formula, block: Block): FormulaNode {
  const whole = isScoped(formula) ? formula.whole : formula;
  const id = [...functionsOf(whole).keys()].find((each) => nodeOf(whole, each)?.name === block.name);
  const call: FormulaNode = { block: 'call', args: id === undefined ? {} : { [CALLEE]: { from: id } } };
  blocks.set(call, block);
  return call;
}

/** Which wires would be accepted, in the formula of which a part is drawn. */
export function connectionsIn(formula: Formula): Connections {
  const connections = connectionsOf(wholeOf(formula));
  return {
    ...connections,
    whyNot: (wire, to, port) => {
      // One more argument is of the same kind as the last one.
      const owner = port === FREE_PORT ? { id: to, port: 'b' } : ownerOf(to, port);
      return connections.whyNot(wire, owner.id, owner.port);
    },
  };
}

/** Why a wire would not be accepted; null when it would. */
export const whyNotWire = (formula: Formula, wire: Ref, to: NodeId, port: string): string | null =>
  connectionsIn(formula).whyNot(wire, to, port);

/** The formula with what is drawn of it, as it is drawn now. */
export function wholeOf(formula: Formula): Formula {
  if (!isScoped(formula)) return formula;
  const { whole, scope } = formula;
  const unfolded = Object.entries(formula.nodes).flatMap(([id, node]) => unfoldedNodes(whole, id, node));
  const nodes = unfolded.map(([id, node]): [NodeId, FormulaNode] => {
    const known = nodeOf(whole, id);
    const hidden = Object.fromEntries(
      [SCOPE, CALLEE].flatMap((port): [string, Arg][] => {
        const arg = known?.args[port];
        return arg === undefined ? [] : [[port, arg]];
      }),
    );
    const own = known || scope === null ? hidden : { [SCOPE]: { from: scope } };
    return [id, { ...node, args: { ...own, ...node.args } }];
  });
  return { ...whole, nodes: { ...whole.nodes, ...Object.fromEntries(nodes) } };
}

/** Nodes that are drawn, with what is drawn as a part of them. */
export const withDrawnMembers = (formula: Formula, ids: Iterable<NodeId>): ReadonlySet<NodeId> =>
  withMembers(writtenOf(formula), ids);

/** The formula as it is written, of which a part is drawn. */
export const writtenOf = (formula: Formula): Formula => (isScoped(formula) ? formula.whole : formula);

const isScoped = (formula: Formula): formula is ScopedFormula => 'whole' in formula;
