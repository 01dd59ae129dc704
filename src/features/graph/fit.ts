/** From how many nodes on a map of the formula is shown. */
export const NODES_WITH_MAP = 13;

/** Its height with its margins, beyond the margin that is everywhere: nodes are not put below it. */
export const MAP_ROOM = 92;

export const LEAST_ZOOM = 0.02;
export const MOST_ZOOM = 2.5;

/** How the whole formula is shown: never larger than it is. */
export const wholeFit = (nodeCount: number) => ({
  most: 1,
  least: LEAST_ZOOM,
  margin: 24,
  below: nodeCount < NODES_WITH_MAP ? 0 : MAP_ROOM,
});
