import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { freePort, outputOf, type Dangling } from '../add-block.ts';
import { whyNotWire } from '../scope-view.ts';

/** Why a wire that is dropped on a node, beside its ports, stays loose. */
export const NO_FREE_PORT = 'No free port of this block takes the wire.';

/** A wire that is dropped on a node, beside its ports, takes the first free port that fits; null where none does. */
export function connectBody(formula: Formula, node: NodeId, dangling: Dangling): Edit | null {
  if ('from' in dangling) {
    const port = freePort(formula, node, dangling.from);
    return port === null ? null : { type: 'setArg', id: node, port, arg: dangling.from };
  }
  const { to } = dangling;
  const arg = outputOf(formula, node);
  return arg !== null && whyNotWire(formula, arg, to.node, to.port) === null
    ? { type: 'setArg', id: to.node, port: to.port, arg }
    : null;
}

export const placeOf = (event: MouseEvent | TouchEvent): Point => {
  const { clientX, clientY } = 'clientX' in event ? event : (event.changedTouches[0] ?? { clientX: 0, clientY: 0 });
  return { x: clientX, y: clientY };
};

/** The node that is drawn at a place on the screen. */
export const nodeUnder = ({ x, y }: Point): NodeId | null =>
  document.elementFromPoint(x, y)?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
