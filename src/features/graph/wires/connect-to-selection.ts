import { isRequired } from '#core/formula/blocks/catalogue.ts';
import type { Block } from '#core/formula/model/block.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { fittingBlocks, outputOf, type Dangling } from '../add-block.ts';
import { blockOf } from '../scope-view.ts';

/**
 * How a new node of a block is wired to the one node that is selected: behind its output, or else before its first
 * input that is empty and needs a wire.
 */
export function danglingOf(formula: Formula, block: Block, selection: ReadonlySet<NodeId>): Dangling | null {
  const [id] = selection;
  if (selection.size !== 1 || id === undefined) return null;
  const from = outputOf(formula, id);
  if (from && fits(formula, block, { from })) return { from };
  const node = nodeOf(formula, id);
  const port = blockOf(node)?.inputs.find(
    (each) =>
      isRequired(each) &&
      node?.args[each.name] === undefined &&
      fits(formula, block, { to: { node: id, port: each.name } }),
  );
  return port ? { to: { node: id, port: port.name } } : null;
}

const fits = (formula: Formula, block: Block, dangling: Dangling): boolean =>
  fittingBlocks(formula, [block], dangling).size > 0;
