import type { FitViewOptions } from '@xyflow/react';

/** From how many nodes on a map of the formula is shown. */
export const NODES_WITH_MAP = 13;

/** Its height with its margins: nodes are not put below it. */
export const MAP_ROOM = 116;

/** How the whole formula is shown: never larger than it is. */
export const fitOptions = (nodeCount: number): FitViewOptions => ({
  maxZoom: 1,
  padding: { top: '24px', left: '24px', right: '24px', bottom: nodeCount < NODES_WITH_MAP ? '24px' : `${MAP_ROOM}px` },
});
