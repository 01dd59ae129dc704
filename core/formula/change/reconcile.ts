import { findBlock, isBareName } from '../blocks/catalogue.ts';
import { printLiteral } from '../language/literal.ts';
import { wordsIn } from '../language/node-parts.ts';
import { isParted } from '../language/paragraphs.ts';
import { isMuted, statementsOf } from '../language/statements.ts';
import { bendsOfWires } from '../model/bends.ts';
import {
  argOf,
  isRef,
  nodeOf,
  sameWords,
  type Arg,
  type Formula,
  type FormulaNode,
  type Literal,
  type NodeId,
  type Ref,
} from '../model/formula.ts';
import { matchNodes } from './match-nodes.ts';
import { inside } from './side.ts';

/**
 * Gives the nodes of freshly parsed code the ids that they have in `previous`: statements by name, then by what they
 * say; the nodes inside them by what they say, then by their place. What matches nothing gets an id from `newId`.
 * Layout, frames, notes and the bends of wires are kept. So a small change of the code is a small change of the graph:
 * `editsBetween(previous, reconcile(previous, parsed, newId))`.
 */
export function reconcile(previous: Formula, parsed: Formula, newId: () => NodeId): Formula {
  const { ids, unchanged, before } = matchNodes(previous, parsed, true);
  const idOf = (id: NodeId): NodeId => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    const fresh = newId();
    ids.set(id, fresh);
    return fresh;
  };
  const nodes = new Map<NodeId, FormulaNode>();
  const spacedOf = spacing(parsed);
  for (const [parsedId, node] of Object.entries(parsed.nodes)) {
    const id = idOf(parsedId);
    const old = nodeOf(previous, id);
    const about = {
      ...nameOf(node, old, before.names.get(id)),
      ...commentOf(node, old),
      ...wordsOf(node, old),
      ...spacedOf(parsedId, old),
      ...mutedOf(node, old),
    };
    if (!unchanged.has(parsedId)) {
      const args = Object.entries(node.args).map(([port, arg]): [string, Arg] => [
        port,
        isRef(arg)
          ? keepWire(previous, old && argOf(old, port), { ...arg, from: idOf(arg.from) }, nodeOf(parsed, arg.from))
          : keepLiteral(node, port, old && argOf(old, port), arg),
      ]);
      nodes.set(id, { block: node.block, ...about, args: Object.fromEntries(args) });
    } else if (old && before.isStatement.has(id)) {
      // As it was, in whatever form: a graph has several for some code.
      for (const inner of inside(before, id)) nodes.set(inner, previous.nodes[inner] ?? node);
      nodes.set(id, { block: old.block, ...about, args: old.args });
    }
  }
  keepTwins(
    previous,
    nodes,
    new Set(Object.entries(parsed.nodes).flatMap(([id, { name }]) => (name === undefined ? [] : [idOf(id)]))),
  );
  const layout = Object.entries(previous.layout ?? {}).filter(([id]) => nodes.has(id));
  const result: Formula = {
    ...parsed,
    nodes: Object.fromEntries(nodes),
    ...(previous.layout ? { layout: Object.fromEntries(layout) } : {}),
    ...(previous.frames ? { frames: previous.frames } : {}),
    ...(previous.notes ? { notes: previous.notes } : {}),
    ...bendsOfWires(Object.fromEntries(nodes), previous.bends),
  };
  return withNames(
    result,
    Object.entries(parsed.nodes).map(([id, { name }]) => [idOf(id), name]),
  );
}

/** Gives those their names that would be written otherwise than they are. */
function withNames(formula: Formula, written: readonly (readonly [NodeId, string | undefined])[]): Formula {
  const { names } = statementsOf(formula);
  const lost = written.filter(([id, name]) => name !== undefined && names.get(id) !== name);
  if (lost.length === 0) return formula;
  const named = lost.flatMap(([id, name]) => {
    const node = nodeOf(formula, id);
    return node && name !== undefined ? [[id, { ...node, name }] as const] : [];
  });
  return { ...formula, nodes: { ...formula.nodes, ...Object.fromEntries(named) } };
}

/** A name that was only made up for the code stays so. */
function nameOf(
  { name }: FormulaNode,
  old: FormulaNode | undefined,
  written: string | undefined,
): { readonly name?: string } {
  const isMadeUp = old !== undefined && old.name === undefined && name === written;
  return name === undefined || isMadeUp ? {} : { name };
}

/** Spaces at the ends of a comment's lines are not written, and stay. */
function commentOf({ comment }: FormulaNode, old: FormulaNode | undefined): { readonly comment?: string } {
  const was = old?.comment;
  if (was !== undefined && was.replace(/[^\S\n]+$/gm, '') === comment) return { comment: was };
  return comment === undefined ? {} : { comment };
}

/** Names of arguments that code can't write at this moment stay said. */
function wordsOf(node: FormulaNode, old: FormulaNode | undefined): Pick<FormulaNode, 'words'> {
  const words = old?.words && sameWords(wordsIn(old), node.words) ? old.words : node.words;
  return words ? { words } : {};
}

/** What code can't mute stays as it was. */
const mutedOf = (node: FormulaNode, old: FormulaNode | undefined): Pick<FormulaNode, 'muted'> =>
  node.muted === true || (old?.muted === true && !isMuted(old)) ? { muted: true } : {};

/** A blank line that one has written stays said of the statement where code has one anyway. */
function spacing(parsed: Formula): (id: NodeId, old: FormulaNode | undefined) => Pick<FormulaNode, 'spaced'> {
  const { order } = statementsOf(parsed);
  const isFree = new Set(
    order.filter((id, index) => {
      const [above, node] = [nodeOf(parsed, order[index - 1] ?? ''), nodeOf(parsed, id)];
      return above && node && !isParted(above, node);
    }),
  );
  return (id, old) => ((isFree.has(id) ? nodeOf(parsed, id) : old)?.spaced === true ? { spaced: true } : {});
}

const isPrice = (node: FormulaNode | undefined): boolean =>
  node !== undefined && node.name === undefined && isBareName(node.block);

/** What code writes the same way stays as it was: `"5.0%"` is `"5%"`. */
function keepLiteral({ block }: FormulaNode, port: string, old: Arg | undefined, now: Literal): Arg {
  if (old === undefined || isRef(old)) return now;
  const isText = findBlock(block)?.inputs.find(({ name }) => name === port)?.type === 'string';
  return printLiteral(old, isText) === printLiteral(now, isText) ? old : now;
}

/** The only output may be named or not, and a price may stand on the canvas several times. */
function keepWire(previous: Formula, old: Arg | undefined, now: Ref, source: FormulaNode | undefined): Arg {
  if (!isRef(old)) return now;
  const before = nodeOf(previous, old.from);
  const isSameNode = old.from === now.from || (isPrice(before) && isPrice(source) && before?.block === source?.block);
  return isSameNode && (old.output === now.output || (hasOneOutput(before) && hasOneOutput(source))) ? old : now;
}

const hasOneOutput = (node: FormulaNode | undefined): boolean => findBlock(node?.block ?? '')?.outputs.length === 1;

/**
 * Code mentions a price once for all; on the canvas it may stand several times. Those that are wired stay, and those
 * written on a line of their own; the others go.
 */
function keepTwins(previous: Formula, nodes: Map<NodeId, FormulaNode>, written: ReadonlySet<NodeId>): void {
  const used = new Set<NodeId>();
  for (const node of [...nodes.values()]) {
    for (const arg of Object.values(node.args)) {
      if (!isRef(arg)) continue;
      used.add(arg.from);
      const twin = nodeOf(previous, arg.from);
      if (twin && !nodes.has(arg.from)) nodes.set(arg.from, twin);
    }
  }
  for (const [id, node] of nodes) if (isPrice(node) && !used.has(id) && !written.has(id)) nodes.delete(id);
}
