import * as Y from 'yjs';
import type { FormulaNode, NodeId } from '#core/formula/model/formula.ts';

/** Raised when what the roots hold changes its meaning. */
export const SCHEMA = 1;

/** The roots that hold what people make. */
export const MEANING_ROOTS = ['nodes', 'args', 'layout', 'frames', 'notes', 'meta'] as const;

/**
 * The roots of a formula's shared document, all of them maps:
 *
 * - `nodes`: node id → Y.Map `{block, order, name?, comment?, spaced?, muted?, words?, deleted?, inside?}`. Created once, then changed in place. `deleted` is a
 *   `Deletion`, or true in documents of before there were any; `inside` is true for what was typed inside of a statement.
 * - `args`: `nodeId/port` → a literal or `{from, output?}`, one register a port.
 * - `layout`: node id → `[x, y]`, and `nodeId/port` → `[x, y, x, y, …]`, the points that a wire is led through.
 * - `frames`, `notes`: `id/field` → a value, one register a field, of groups and sticky notes on the canvas: `area` as `[x, y, width, height]`, `color`,
 *   `in` (the function in whose graph it is drawn), and `title` and `folded`, or `text`.
 * - `meta`: `schema`, `epoch`, `title`, `epilogue`.
 *
 * What they hold is written by any client, old or hostile, so whoever reads it checks each value.
 */
export interface Roots {
  readonly nodes: Y.Map<unknown>;
  readonly args: Y.Map<unknown>;
  readonly layout: Y.Map<unknown>;
  readonly frames: Y.Map<unknown>;
  readonly notes: Y.Map<unknown>;
  readonly meta: Y.Map<unknown>;
}

export const rootsOf = (doc: Y.Doc): Roots => ({
  nodes: doc.getMap('nodes'),
  args: doc.getMap('args'),
  layout: doc.getMap('layout'),
  frames: doc.getMap('frames'),
  notes: doc.getMap('notes'),
  meta: doc.getMap('meta'),
});

export const argKey = (id: NodeId, port: string): string => `${id}/${port}`;

/** Ports have no slash. */
export function splitArgKey(key: string): readonly [id: NodeId, port: string] {
  const at = key.lastIndexOf('/');
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)];
}

/** The node's map, also of a deleted node; undefined where there is none. */
export function nodeMap(nodes: Y.Map<unknown>, id: NodeId): Y.Map<unknown> | undefined {
  const value = nodes.get(id);
  return value instanceof Y.Map ? value : undefined;
}

/** Whether the node carries a deletion; `livingIn` knows whether it holds. */
export const isDeleted = (node: Y.Map<unknown>): boolean => node.has('deleted');

/** A node by what makes a statement of it; undefined for what is no node. */
export function nodeAbout(node: Y.Map<unknown> | undefined): FormulaNode | undefined {
  const [block, name, comment] = [node?.get('block'), node?.get('name'), node?.get('comment')];
  if (typeof block !== 'string') return undefined;
  return {
    block,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof comment === 'string' ? { comment } : {}),
    ...(node?.get('muted') === true ? { muted: true as const } : {}),
    args: {},
  };
}

/** The node that the value of an argument is a wire from; undefined for any other value. */
export const sourceOf = (arg: unknown): NodeId | undefined =>
  typeof arg === 'object' && arg !== null && 'from' in arg && typeof arg.from === 'string' ? arg.from : undefined;
