import { findBlock } from '#core/formula/blocks/catalogue.ts';
import type { Block, Port } from '#core/formula/model/block.ts';
import type { FormulaNode } from '#core/formula/model/formula.ts';

/** Sizes are computed, not measured: a thousand nodes are laid out before one of them is on screen. */
export const NODE_WIDTH = 172;
export const HEADER_HEIGHT = 32;
export const ROW_HEIGHT = 26;
/** The dot of a port: it stands astride the border of its node. */
export const HANDLE_SIZE = 10;
const PADDING = 6;

/** Ports that are shown on actions even while they are not set. */
const ON_ACTIONS = new Set(['when', 'size', 'stop', 'target']);

/** The ports that a node shows; the inspector has all of them. */
export function visiblePorts(block: Block, node: FormulaNode): readonly Port[] {
  return block.inputs.filter((port) => {
    if (node.args[port.name] !== undefined || port.default === undefined) return true;
    if (block.kind === 'action') return ON_ACTIONS.has(port.name);
    return port.type !== 'feed' && block.kind !== 'input';
  });
}

/** How many rows above the ports are those of outputs: one output leaves at the header, several have a row each. */
const outputRows = ({ outputs }: Block): number => (outputs.length > 1 ? outputs.length : 0);

export function nodeHeight(node: FormulaNode): number {
  const block = findBlock(node.block);
  if (!block) return HEADER_HEIGHT + ROW_HEIGHT;
  return HEADER_HEIGHT + (outputRows(block) + visiblePorts(block, node).length) * ROW_HEIGHT + PADDING;
}

/** Where the row of a port begins, from the top of its node. */
export const portTop = (block: Block, index: number): number =>
  HEADER_HEIGHT + (outputRows(block) + index) * ROW_HEIGHT;

/** A port of a node at its border: `y` is the middle of its dot, from the top of the node. */
export interface Handle {
  readonly id: string;
  readonly side: 'input' | 'output';
  readonly y: number;
}

/** The handle of a feed as a whole, beside those of its prices. */
export const FEED_HANDLE = 'feed';

/** Every handle of a node, in the order of its rows. The wires end there, so whoever draws the node draws them there. */
export function nodeHandles(node: FormulaNode): readonly Handle[] {
  const block = findBlock(node.block);
  if (!block) return [];
  const inputs =
    block.kind === 'input'
      ? []
      : visiblePorts(block, node).map((port, index): Handle => ({
          id: port.name,
          side: 'input',
          y: portTop(block, index) + ROW_HEIGHT / 2,
        }));
  const outputs = block.outputs.map(({ name }, index): Handle => ({
    id: name,
    side: 'output',
    y: block.outputs.length > 1 ? HEADER_HEIGHT + (index + 0.5) * ROW_HEIGHT : HEADER_HEIGHT / 2,
  }));
  const feed: readonly Handle[] =
    block.kind === 'feed' ? [{ id: FEED_HANDLE, side: 'output', y: HEADER_HEIGHT / 2 }] : [];
  return [...inputs, ...feed, ...outputs];
}
