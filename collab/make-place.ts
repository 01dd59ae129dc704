import type * as Y from 'yjs';
import type { NodeId } from '#core/formula/model/formula.ts';
import { isDeleted, nodeMap } from './document-roots.ts';
import { isPlace, placeBetween, type Place } from './place-between.ts';
import { placeOf, statementOrder } from './read-document.ts';

/**
 * The place of the statement `id` below the one of `after` (null first, undefined last). Statements that share a place,
 * since two people inserted at one spot at once, are moved apart when something comes between them.
 */
export function makePlace(nodes: Y.Map<unknown>, after: NodeId | null | undefined, id: NodeId): Place {
  const others = statementOrder(nodes, (other, node) => other !== id && !isDeleted(node));
  const found = after === undefined || after === null ? -1 : others.indexOf(after);
  const at = after === null ? 0 : found < 0 ? others.length : found + 1;
  const before = validPlace(nodes, others[at - 1]);
  const below = others.slice(at);
  const apart = below.findIndex((other) => before === null || (validPlace(nodes, other) ?? '~') > before);
  const tied = apart < 0 ? below : below.slice(0, apart);
  const end = validPlace(nodes, below[tied.length]);
  const place = placeBetween(before, end);
  let last = place;
  for (const other of tied) {
    last = placeBetween(last, end);
    nodeMap(nodes, other)?.set('order', last);
  }
  return place;
}

function validPlace(nodes: Y.Map<unknown>, id: NodeId | undefined): Place | null {
  const node = id === undefined ? undefined : nodeMap(nodes, id);
  const place = node ? placeOf(node) : null;
  return isPlace(place) ? place : null;
}
