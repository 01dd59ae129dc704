import { findBlock, findPort } from '#core/formula/blocks/catalogue.ts';
import { SCOPE } from '#core/formula/language/functions.ts';
import { nodeMap, splitArgKey, type Roots } from './document-roots.ts';
import { lastItem } from './register.ts';

/**
 * Whether an argument is of a block that the node was before: one person has changed it while another has given the
 * node another block, which has no such port. It says nothing until the node is that block again. On a node whose block
 * was never changed it is somebody's mistake.
 */
export function isStray(roots: Roots, key: string): boolean {
  const [id, port] = splitArgKey(key);
  // Whatever a node is, it is part of its function.
  if (port === SCOPE) return false;
  const node = nodeMap(roots.nodes, id);
  if (!node || !lastItem(node, 'block')?.origin) return false;
  const block = findBlock(String(node.get('block')));
  return block !== undefined && findPort(block, port) === undefined;
}
