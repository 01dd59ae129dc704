/** Characters that a number has as JSON, mostly fewer. */
const NUMBER = 18;
const SMALL = 8;
/** Items of a list that are looked at; the others are taken for their like. */
const LOOKED_AT = 64;
const DEEPEST = 8;

/** About how many bytes a value has as JSON, without writing the value: a few microseconds, whatever its size. */
export function bytesOfAnswer(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return NUMBER;
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return SMALL;
  if (value instanceof ArrayBuffer) return value.byteLength;
  if (ArrayBuffer.isView(value)) return 'length' in value ? Number(value.length) * NUMBER : value.byteLength;
  if (value instanceof Map || value instanceof Set) return bytesOfList([...value], depth);
  if (Array.isArray(value)) return bytesOfList(value, depth);
  let bytes = 2;
  for (const [name, item] of Object.entries(value)) bytes += name.length + 4 + bytesOfAnswer(item, depth + 1);
  return bytes;
}

function bytesOfList(list: readonly unknown[], depth: number): number {
  const step = Math.max(1, Math.floor(list.length / LOOKED_AT));
  let [bytes, looked] = [0, 0];
  for (let index = 0; index < list.length; index += step) {
    bytes += 1 + bytesOfAnswer(list[index], depth + 1);
    looked += 1;
  }
  return looked === 0 ? 2 : Math.ceil((bytes * list.length) / looked);
}
