import { candidatesOf } from '#core/engine/sweep/space.ts';
import { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import type { Outputs } from '#trpc/types.ts';

/**
 * The table of a sweep out of what the server keeps of it: figures alone, since the candidates follow from the axes.
 */
export function readTable(
  { axes, search }: Pick<Outputs['sweep']['get'], 'axes' | 'search'>,
  { keys, figures, refused }: Outputs['sweep']['result'],
): SweepTable {
  const candidates = candidatesOf(axes, search);
  const bytes = Uint8Array.from(atob(figures), (character) => character.charCodeAt(0));
  const table = new SweepTable(candidates.ok ? candidates.value : [], keys, 1, new Float64Array(bytes.buffer));
  for (const [candidate, reason] of refused) table.refuse(candidate, reason);
  return table;
}
