import { argOf, isRef, nodeOf, type Formula, type NodeId, type Point } from './formula.ts';

/** The name of a wire: the node that the wire enters, and the port. Neither has a slash. */
export type WireKey = string;

export const wireKey = (node: NodeId, port: string): WireKey => `${node}/${port}`;

export function splitWireKey(key: WireKey): { readonly node: NodeId; readonly port: string } {
  const at = key.lastIndexOf('/');
  return at < 0 ? { node: key, port: '' } : { node: key.slice(0, at), port: key.slice(at + 1) };
}

/** A wire that is led through more points than this says nothing that a person can follow. */
export const MOST_BENDS = 32;

type Bends = NonNullable<Formula['bends']>;

/** The points that a wire is led through, from its source on. */
export const bendsOf = ({ bends }: Pick<Formula, 'bends'>, node: NodeId, port: string): readonly Point[] => {
  const key = wireKey(node, port);
  return (bends && Object.hasOwn(bends, key) ? bends[key] : undefined) ?? NONE;
};

const NONE: readonly Point[] = [];

/** As numbers, `[x, y, x, y, …]`, which is how documents hold them; null of anything else, and of none. */
export function toBends(value: unknown): readonly Point[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length % 2 !== 0 || value.length > 2 * MOST_BENDS)
    return null;
  const numbers: unknown[] = value;
  if (!numbers.every((each) => typeof each === 'number' && Number.isFinite(each))) return null;
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({
    x: Number(numbers[2 * index]),
    y: Number(numbers[2 * index + 1]),
  }));
}

export const fromBends = (bends: readonly Point[]): number[] => bends.flatMap(({ x, y }) => [x, y]);

export const sameBends = (a: readonly Point[], b: readonly Point[]): boolean =>
  a.length === b.length && a.every(({ x, y }, index) => b[index]?.x === x && b[index].y === y);

/** Those of wires that are there: bends go with their wire. Undefined of none. */
export function bendsOfWires(nodes: Formula['nodes'], bends: Bends | undefined): { readonly bends?: Bends } {
  if (!bends) return {};
  const entries = Object.entries(bends);
  const kept = entries.filter(([key]) => {
    const { node: id, port } = splitWireKey(key);
    const node = nodeOf({ nodes }, id);
    return node !== undefined && isRef(argOf(node, port));
  });
  if (kept.length === 0) return {};
  return { bends: kept.length === entries.length ? bends : Object.fromEntries(kept) };
}
