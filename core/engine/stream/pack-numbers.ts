/** JSON text that keeps what plain JSON loses: NaN, the infinities and -0. */
export type Packed = string;

const MARK = '\u0000';

export const pack = (value: unknown): Packed =>
  JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'number') return item;
    return Number.isFinite(item) && !Object.is(item, -0) ? item : `${MARK}${Object.is(item, -0) ? '-0' : item}`;
  });

/** What `pack` was given. The text must be `pack`'s own: it is trusted. */
export const unpack = <T>(packed: Packed): T =>
  JSON.parse(packed, (_key, item: unknown) =>
    typeof item === 'string' && item.startsWith(MARK) ? Number(item.slice(1)) : item,
  ) as T;
