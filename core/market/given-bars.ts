import { indexFrom } from './index-from.ts';

/** Times of known and of given bars together, in order, each once, and which of them are new. */
export interface Together {
  readonly time: Float64Array;
  /** Of each of them whether it was not known. */
  readonly isNew: Uint8Array;
  /** How many are new. */
  readonly news: number;
}

/** Both are in order. */
export function putTogether(known: Float64Array, given: Float64Array): Together {
  const time = new Float64Array(known.length + given.length);
  const isNew = new Uint8Array(time.length);
  let [length, at, next, news] = [0, 0, 0, 0];
  while (at < known.length || next < given.length) {
    const [old, now] = [known[at] ?? Number.POSITIVE_INFINITY, given[next] ?? Number.POSITIVE_INFINITY];
    time[length] = Math.min(old, now);
    if (now < old) news += isNew[length] = 1;
    if (old <= now) at += 1;
    if (now <= old) next += 1;
    length += 1;
  }
  return { time: time.slice(0, length), isNew: isNew.slice(0, length), news };
}

/** The time of the known bar that is nearest to a time; NaN when there is none. */
export function nearest(known: Float64Array, at: number): number {
  const next = indexFrom(known, at);
  const [before, behind] = [known[next - 1], known[next]];
  if (before === undefined || behind === undefined) return before ?? behind ?? Number.NaN;
  return at - before < behind - at ? before : behind;
}
