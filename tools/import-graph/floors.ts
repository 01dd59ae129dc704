/** From each thing to those that it imports. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Sets of two or more things each of which leads to each other one, by Tarjan's algorithm. */
export function circlesOf(graph: Graph): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  function visit(name: string): number {
    const index = order.size;
    order.set(name, index);
    open.push(name);
    let low = index;
    for (const next of graph.get(name) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    lowest.set(name, low);
    if (low === index) {
      const circle = open.splice(open.indexOf(name));
      if (circle.length > 1) circles.push(circle);
    }
    return low;
  }
  for (const name of graph.keys()) if (!order.has(name)) visit(name);
  return circles;
}

/**
 * The things by floors, the lowest first: a thing stands right above the highest one that it imports. What goes round
 * in a circle stands on one floor.
 */
export function floorsOf(graph: Graph): string[][] {
  const circleOf = new Map(circlesOf(graph).flatMap((circle) => circle.map((name) => [name, circle] as const)));
  const known = new Map<string, number>();
  function floor(name: string): number {
    const found = known.get(name);
    if (found !== undefined) return found;
    const together = circleOf.get(name) ?? [name];
    const below = together.flatMap((one) => [...(graph.get(one) ?? [])]).filter((next) => !together.includes(next));
    const height = Math.max(-1, ...below.map(floor)) + 1;
    for (const one of together) known.set(one, height);
    return height;
  }
  const floors: string[][] = [];
  for (const name of [...graph.keys()].toSorted()) (floors[floor(name)] ??= []).push(name);
  return floors;
}
