import { bendsOfWires, MOST_BENDS, splitWireKey } from '../model/bends.ts';
import { argOf, isRef, nodeOf, type Formula, type Point } from '../model/formula.ts';

interface ReadBends {
  readonly known: Pick<Formula, 'bends'>;
  readonly problems: readonly { readonly path: readonly string[]; readonly message: string }[];
}

/** The bends of wires out of JSON that anybody may have written, and what is wrong with the others. */
export function readBends(value: unknown, nodes: Formula['nodes']): ReadBends {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { known: {}, problems: [{ path: ['bends'], message: 'is an object of lists of points by wire.' }] };
  const known: [string, readonly Point[]][] = [];
  const problems: { path: readonly string[]; message: string }[] = [];
  for (const [key, each] of Object.entries(value)) {
    const { node: id, port } = splitWireKey(key);
    const node = nodeOf({ nodes }, id);
    if (!node || !isRef(argOf(node, port)))
      problems.push({ path: ['bends', key], message: 'is no wire: "node/port" of an argument that is a wire.' });
    else if (isPoints(each)) known.push([key, each.map(({ x, y }) => ({ x, y }))]);
    else problems.push({ path: ['bends', key], message: `is a list of 1 to ${MOST_BENDS} points {"x", "y"}.` });
  }
  return { known: bendsOfWires(nodes, Object.fromEntries(known)), problems };
}

/** Whether that is a list of points that a wire can be led through. */
export const isPoints = (value: unknown): value is readonly Point[] =>
  Array.isArray(value) && value.length > 0 && value.length <= MOST_BENDS && value.every(isPoint);

function isPoint(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, ...rest }: { x?: unknown; y?: unknown } = value;
  return Number.isFinite(x) && Number.isFinite(y) && Object.keys(rest).length === 0;
}
