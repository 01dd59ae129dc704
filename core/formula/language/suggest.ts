/** Names longer than this are no slips of the finger. */
const LONGEST = 60;

/** The candidate that a mistyped name most likely means, if one is near. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  const wanted = name.toLowerCase();
  const sorted = sortedLetters(wanted);
  let bound = Math.min(Math.max(1, Math.floor(wanted.length / 3)), wanted.length - 1);
  let best: string | undefined;
  let likeness = -1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > bound) continue;
    const known = candidate.toLowerCase();
    const distance = editDistance(wanted, known, bound);
    if (distance > bound) continue;
    // Of several that are equally near, letters that are only swapped are likelier than others, and then the same
    // beginning is.
    const alike = (sortedLetters(known) === sorted ? 2 : 0) + (known[0] === wanted[0] ? 1 : 0);
    if (distance === bound && alike <= likeness) continue;
    [best, bound, likeness] = [candidate, distance, alike];
  }
  return best;
}

const sortedLetters = (word: string): string => [...word].sort().join('');

/** " Did you mean `x`?", or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = suggest(name, candidates);
  return near === undefined ? '' : ` Did you mean \`${near}\`?`;
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment); anything above `bound` where
 * it is above that.
 */
function editDistance(a: string, b: string, bound: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    // Only a swap looks two rows back, and it costs one more.
    if (least > bound + 1) return least;
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
