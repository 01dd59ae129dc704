import type { Block, Port } from '#core/formula/block.ts';
import { findBlock } from '#core/formula/catalogue.ts';
import type { FormulaNode } from '#core/formula/formula.ts';

/** Sizes are computed, not measured: a thousand nodes are laid out before one of them is on screen. */
export const NODE_WIDTH = 208;
export const HEADER_HEIGHT = 30;
export const ROW_HEIGHT = 26;
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

export function nodeHeight(node: FormulaNode): number {
  const block = findBlock(node.block);
  if (!block) return HEADER_HEIGHT + ROW_HEIGHT;
  const outputs = block.outputs.length > 1 ? block.outputs.length : 0;
  return HEADER_HEIGHT + Math.max(visiblePorts(block, node).length, outputs) * ROW_HEIGHT + PADDING;
}
