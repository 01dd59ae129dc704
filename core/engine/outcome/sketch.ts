/** Points of a sketch: as many as a picture of some 80 pixels shows. */
const POINTS = 24;
/** Heights are whole numbers from 0 to this, so that a sketch takes some 70 bytes. */
export const SKETCH_HEIGHT = 99;

/**
 * The equity of a run as a picture beside its name: the last value of each of 24 stretches behind the first value of
 * all, from 0 (the lowest of them) to 99 (the highest); all of them 0 where nothing changed.
 */
export function sketchOf(equity: ArrayLike<number>): readonly number[] {
  const { length } = equity;
  if (length === 0) return [];
  const count = Math.min(POINTS, length);
  const values = Array.from({ length: count }, (_, point) =>
    count === 1 ? (equity[0] ?? 0) : (equity[Math.round((point * (length - 1)) / (count - 1))] ?? 0),
  );
  const finite = values.filter(Number.isFinite);
  const lowest = Math.min(...finite);
  const range = Math.max(...finite) - lowest;
  return values.map((value) =>
    Number.isFinite(value) && range > 0 ? Math.round(((value - lowest) / range) * SKETCH_HEIGHT) : 0,
  );
}
