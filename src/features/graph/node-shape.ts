import { FREE_PORT } from '#core/formula/chains/chain.ts';
import type { Block, Port } from '#core/formula/model/block.ts';
import { isRef, type FormulaNode } from '#core/formula/model/formula.ts';
import { blockOf } from './scope-view.ts';

/** Sizes are computed, not measured: a thousand nodes are laid out before one of them is on screen. */
export const NODE_WIDTH = 172;
const HEADER_HEIGHT = 32;
/** Of an operator whose wires enter at its header: the dots of two of them have room above one another. */
const TALL_HEADER = 40;
/** From dot to dot, where more than two enter at the header. */
const DOT_GAP = 13;
export const ROW_HEIGHT = 26;
/** The dot of a port: it stands astride the border of its node. */
export const HANDLE_SIZE = 10;
const PADDING = 6;

/** Ports that are shown on actions even while they are not set. */
const ON_ACTIONS = new Set(['when', 'size', 'stop', 'target']);

/** A port of a node at its border: `y` is the middle of its dot, from the top of the node. */
export interface Handle {
  readonly id: string;
  readonly side: 'input' | 'output';
  readonly y: number;
}

/** How a node is drawn, in pixels from its top. */
export interface NodeShape {
  readonly height: number;
  readonly header: number;
  /** The ports that have a row, in the order of the rows. */
  readonly rows: readonly Port[];
  /** How many of its ports can be reached when all of them are asked for, and not now. */
  readonly hidden: number;
  /** Every handle, in the order of the rows. The wires end there, so whoever draws the node draws them there. */
  readonly handles: readonly Handle[];
  /** Where the row of a port begins; null of a port without one. */
  readonly topOf: (port: string) => number | null;
}

/** The handle of a feed as a whole, beside those of its prices. */
export const FEED_HANDLE = 'feed';

const shapes = { few: new WeakMap<FormulaNode, NodeShape>(), all: new WeakMap<FormulaNode, NodeShape>() };

/** The shape of a node that shows `few` of its ports, those that most people need, or `all`. */
export function shapeOf(node: FormulaNode, ports: 'few' | 'all' = 'few'): NodeShape {
  const known = shapes[ports].get(node);
  if (known) return known;
  const shape = makeShape(node, ports);
  shapes[ports].set(node, shape);
  return shape;
}

export const nodeHeight = (node: FormulaNode): number => shapeOf(node).height;

/** An operator, as code writes it between or before what it takes: its title says what is wired to it. */
export const isOperator = (block: Block): boolean => block.syntax?.kind === 'infix' || block.syntax?.kind === 'prefix';

function makeShape(node: FormulaNode, ports: 'few' | 'all'): NodeShape {
  const block = blockOf(node);
  if (!block)
    return {
      height: HEADER_HEIGHT + ROW_HEIGHT,
      header: HEADER_HEIGHT,
      rows: [],
      hidden: 0,
      handles: [],
      topOf: () => null,
    };
  const inputs = block.inputs.filter(({ name }) => name !== FREE_PORT);
  const hasFree = inputs.length < block.inputs.length;
  const few = inputs.filter((port) => isUsual(block, node, port));
  const shown = ports === 'few' ? few : inputs;
  // The wires of an operator are in its title.
  const inHeader = isOperator(block) ? shown.filter(({ name }) => isRef(node.args[name])) : [];
  const rows = shown.filter((port) => !inHeader.includes(port));
  // The free port of a chain of operators is the last dot at the header; of others it stands below the rows.
  const dots = inHeader.length + (hasFree && inHeader.length > 0 ? 1 : 0);
  const header = inHeader.length > 1 ? Math.max(TALL_HEADER, dots * DOT_GAP) : HEADER_HEIGHT;
  // One output leaves at the header, several have a row each.
  const outputRows = block.outputs.length > 1 ? block.outputs.length : 0;
  const first = header + outputRows * ROW_HEIGHT;
  const tops = new Map(rows.map(({ name }, index) => [name, first + index * ROW_HEIGHT]));
  const entries: readonly Handle[] =
    block.kind === 'input'
      ? []
      : [
          ...inHeader.map(({ name }, index): Handle => ({
            id: name,
            side: 'input',
            y: (header * (index + 0.5)) / dots,
          })),
          ...rows.map(({ name }, index): Handle => ({
            id: name,
            side: 'input',
            y: first + (index + 0.5) * ROW_HEIGHT,
          })),
        ];
  const outputs = block.outputs.map(({ name }, index): Handle => ({
    id: name,
    side: 'output',
    y: outputRows > 0 ? header + (index + 0.5) * ROW_HEIGHT : header / 2,
  }));
  const feed: readonly Handle[] = block.kind === 'feed' ? [{ id: FEED_HANDLE, side: 'output', y: header / 2 }] : [];
  const count = outputRows + rows.length;
  const height = header + count * ROW_HEIGHT + (count > 0 ? PADDING : 0);
  const free: readonly Handle[] = hasFree
    ? [{ id: FREE_PORT, side: 'input', y: inHeader.length > 0 ? (header * (dots - 0.5)) / dots : height - 4 }]
    : [];
  return {
    height,
    header,
    rows,
    hidden: inputs.length - few.length,
    handles: [...entries, ...free, ...feed, ...outputs],
    topOf: (port) => tops.get(port) ?? null,
  };
}

function isUsual(block: Block, node: FormulaNode, port: Port): boolean {
  if (node.args[port.name] !== undefined || port.default === undefined) return true;
  if (block.kind === 'action') return ON_ACTIONS.has(port.name);
  return port.type !== 'feed' && block.kind !== 'input';
}
