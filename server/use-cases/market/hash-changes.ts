import type { Hash } from 'node:crypto';
import { BAR_COLUMNS } from '#core/market/bars.ts';
import type { MergedBars } from '#core/market/merge-bars.ts';
import { bytesOf } from '#server/db/numbers.ts';
import type { ManyBars } from '#server/db/queries/change-bars.ts';

/** Adds the bars that change to a hash: as they are, where there are any, and as they would be. */
export function hashChanges(hash: Hash, known: ManyBars, { bars, changed, added }: MergedBars): void {
  for (const [name, times, of] of [
    ['known', changed, known],
    ['changed', changed, bars],
    ['added', added, bars],
  ] as const) {
    if (times.length === 0) continue;
    hash.update(name).update(bytesOf(Float64Array.from(times)));
    const places = placesOf(times, of.time.subarray(0, of.length));
    for (const column of BAR_COLUMNS)
      hash.update(bytesOf(Float64Array.from(places, (place) => of[column][place] ?? NaN)));
  }
}

/** Where given times are among others that have each of them. Both in order. */
function placesOf(times: readonly number[], among: Float64Array): number[] {
  let place = -1;
  return times.map((time) => {
    do place += 1;
    while (place < among.length && among[place] !== time);
    return place;
  });
}
