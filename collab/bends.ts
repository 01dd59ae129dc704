import type { AnnotationEdit } from '#core/formula/change/annotation-edits.ts';
import { bendsOfWires, fromBends, MOST_BENDS, toBends } from '#core/formula/model/bends.ts';
import type { Formula, Point } from '#core/formula/model/formula.ts';
import type { Roots } from './document-roots.ts';

/**
 * The points that wires are led through: one register a wire in `layout`, so that of two people who lead one wire at
 * the same moment one is heard, and never a mixture of both.
 */
export function readBends({ layout }: Pick<Roots, 'layout'>, nodes: Formula['nodes']): Pick<Formula, 'bends'> {
  const read = [...layout.keys()]
    .filter((key) => key.includes('/'))
    .sort()
    .flatMap((key): [string, readonly Point[]][] => {
      const bends = toBends(layout.get(key));
      return bends ? [[key, bends]] : [];
    });
  return read.length > 0 ? bendsOfWires(nodes, Object.fromEntries(read)) : {};
}

export function writeBends(
  { layout }: Pick<Roots, 'layout'>,
  { id, bends }: Extract<AnnotationEdit, { type: 'setBends' }>,
): void {
  const next = bends && bends.length > 0 ? fromBends(bends.slice(0, MOST_BENDS)) : null;
  if (JSON.stringify(layout.get(id) ?? null) === JSON.stringify(next)) return;
  if (next === null) layout.delete(id);
  else layout.set(id, next);
}
