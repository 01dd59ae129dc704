import type * as Y from 'yjs';
import { CALLEE, FUNCTION_PORTS, isFunctionBlock, SCOPE } from '#core/formula/language/functions.ts';
import { hasHidden, withoutHidden } from '#core/formula/language/hidden-characters.ts';
import {
  FLAGS,
  FORMULA_FORMAT,
  type Arg,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Point,
} from '#core/formula/model/formula.ts';
import { NODE_ID } from '#core/formula/model/node-id.ts';
import { isName, isPortName } from '#core/formula/model/port-name.ts';
import { readAnnotations } from './annotations.ts';
import { readBends } from './bends.ts';
import { nodeMap, rootsOf, sourceOf, splitArgKey } from './document-roots.ts';
import { livingIn } from './living.ts';
import { isPlace } from './place-between.ts';
import type { Repair } from './repair.ts';
import { isStray } from './stray.ts';

/** Stands for a block of which the name is none. There is no such block. */
const UNKNOWN_BLOCK = 'unknown';

/**
 * What the document says, well-formed value by value, but with whatever wires and names concurrent edits have left. A
 * client that is not ours could write anything else, and code would say something that does not run, or JSON something
 * that nobody can read.
 */
export function readDocument(doc: Y.Doc): { formula: Formula; repairs: readonly Repair[] } {
  const roots = rootsOf(doc);
  const { nodes, args, layout, meta } = roots;
  const { alive, deleted } = livingIn(roots);
  const repairs: Repair[] = [];
  const argsOf = new Map<NodeId, [string, Arg][]>();
  for (const key of [...args.keys()].sort()) {
    const [id, port] = splitArgKey(key);
    const arg = args.get(key);
    const list = argsOf.get(id) ?? [];
    argsOf.set(id, list);
    if (deleted.has(sourceOf(arg) ?? '') || isStray(roots, key)) continue;
    if (isArg(arg) && isPortOf(nodeMap(nodes, id), port)) list.push([port, arg]);
    else repairs.push({ kind: 'unknownValue', nodeId: id, port });
  }
  const order = statementOrder(nodes, (id) => alive.has(id) && NODE_ID.test(id));
  const shown = new Set(order);
  for (const id of order)
    if (!isName(String(nodeMap(nodes, id)?.get('block'))))
      repairs.push({ kind: 'unknownValue', nodeId: id, port: 'block' });
  const epilogue = meta.get('epilogue');
  const points = order.flatMap((id): [NodeId, Point][] => {
    const point = toPoint(layout.get(id));
    return point ? [[id, point]] : [];
  });
  const read = Object.fromEntries(order.map((id) => [id, readNode(nodeMap(nodes, id), argsOf.get(id) ?? [])]));
  return {
    formula: {
      format: FORMULA_FORMAT,
      nodes: read,
      ...(points.length > 0 ? { layout: Object.fromEntries(points) } : {}),
      ...(typeof epilogue === 'string' ? { epilogue: withoutHidden(epilogue) } : {}),
      ...readAnnotations(roots),
      ...readBends(roots, read),
    },
    repairs: repairs.filter(({ nodeId }) => shown.has(nodeId)),
  };
}

/** Those nodes that are alive, in the order of their statements. */
export function statementOrder(
  nodes: Y.Map<unknown>,
  isAlive: (id: NodeId, node: Y.Map<unknown>) => boolean,
): NodeId[] {
  const placed: { id: NodeId; place: string }[] = [];
  for (const id of nodes.keys()) {
    const node = nodeMap(nodes, id);
    if (node && isAlive(id, node) && typeof node.get('block') === 'string') placed.push({ id, place: placeOf(node) });
  }
  return placed.sort((a, b) => compare(a.place, b.place) || compare(a.id, b.id)).map(({ id }) => id);
}

/** A place that no client of ours would write counts as the last. */
export function placeOf(node: Y.Map<unknown>): string {
  const place = node.get('order');
  return isPlace(place) ? place : '~';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function readNode(node: Y.Map<unknown> | undefined, args: readonly [string, Arg][]): FormulaNode {
  const [block, name, comment] = [node?.get('block'), node?.get('name'), node?.get('comment')];
  return {
    block: typeof block !== 'string' ? '' : isName(block) ? block : UNKNOWN_BLOCK,
    ...(typeof name === 'string' && (block !== 'param' || isPortName(name))
      ? { name: withoutHidden(name).replaceAll('\n', '') }
      : {}),
    ...(typeof comment === 'string' ? { comment: withoutHidden(comment) } : {}),
    ...Object.fromEntries(FLAGS.flatMap((flag) => (node?.get(flag) === true ? [[flag, true]] : []))),
    args: Object.fromEntries(args),
    ...wordsOf(node?.get('words')),
  };
}

/** What functions are made of has ports of its own alone, and calls alone say what they call. */
function isPortOf(node: Y.Map<unknown> | undefined, port: string): boolean {
  const block = String(node?.get('block'));
  if (!isPortName(port)) return false;
  if (port === SCOPE || block === 'call') return true;
  return isFunctionBlock(block) ? FUNCTION_PORTS[block].includes(port) : port !== CALLEE;
}

function wordsOf(value: unknown): Pick<FormulaNode, 'words'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const words = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry.every((word) => isPortName(word)),
  );
  return words.length > 0 ? { words: Object.fromEntries(words) } : {};
}

const isScalar = (value: unknown): value is number | boolean | string =>
  typeof value === 'string' ? !hasHidden(value) : Number.isFinite(value) || typeof value === 'boolean';

function isArg(value: unknown): value is Arg {
  if (value === null || isScalar(value)) return true;
  if (Array.isArray(value)) return value.every(isScalar);
  return typeof value === 'object' && isWire(value);
}

function isWire(value: object): boolean {
  const { from, output, ...rest }: { from?: unknown; output?: unknown } = value;
  return (
    typeof from === 'string' &&
    (output === undefined || (typeof output === 'string' && isName(output))) &&
    Object.keys(rest).length === 0
  );
}

function toPoint(value: unknown): Point | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [x, y]: unknown[] = value;
  return typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
}
