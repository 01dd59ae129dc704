import { behindNames } from '../facts/facts.ts';
import type { Arg } from '../model/formula.ts';
import type { EntryOrder } from './entry-order.ts';

/**
 * On which side of the own close a price surely lies: 1 at it or above, -1 at it or below; 0 where that can't be told.
 */
export function sideOfClose(order: Pick<EntryOrder, 'analysis' | 'range'>, arg: Arg | undefined): 1 | 0 | -1 {
  const {
    analysis: { graph },
    range,
  } = order;
  const blockOf = (of: Arg | undefined) => behindNames(graph, of)?.node.block;
  const source = behindNames(graph, arg);
  const { a, b } = source?.node.args ?? {};
  const looked = blockOf(source?.node.args['source']);
  switch (source?.node.block) {
    case 'high':
      return 1;
    case 'low':
      return -1;
    case 'highest':
      return looked === 'high' || looked === 'close' ? 1 : 0;
    case 'lowest':
      return looked === 'low' || looked === 'close' ? -1 : 0;
    case 'add':
      return signOf(range(blockOf(a) === 'close' ? b : blockOf(b) === 'close' ? a : undefined), 0);
    case 'sub':
      return blockOf(a) === 'close' ? opposite(signOf(range(b), 0)) : 0;
    case 'mul':
      return signOf(range(blockOf(a) === 'close' ? b : blockOf(b) === 'close' ? a : undefined), 1);
    default:
      return 0;
  }
}

const opposite = (side: 1 | 0 | -1): 1 | 0 | -1 => (side === 0 ? 0 : side > 0 ? -1 : 1);

const signOf = ({ min, max }: { readonly min: number; readonly max: number }, middle: number): 1 | 0 | -1 =>
  min >= middle ? 1 : max <= middle ? -1 : 0;
