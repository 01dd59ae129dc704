/** Names longer than this are no slips of the finger. */
const LONGEST = 60;

/** The candidate that a mistyped name most likely means, if one is near. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let isShuffled = false;
  let bound = Math.min(Math.max(1, Math.floor(wanted.length / 3)), wanted.length - 1);
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > bound) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bound);
    if (distance > bound) continue;
    // Of several that are equally near the first is taken, but for letters in another order: those are the likeliest slip.
    if (best !== undefined && distance === bound && (isShuffled || !sameLetters(wanted, candidate))) continue;
    best = candidate;
    isShuffled = sameLetters(wanted, candidate);
    if (distance === 0) break;
    bound = distance;
  }
  return best;
}

const lettersOf = (name: string): string => [...name.toLowerCase()].sort().join('');
const sameLetters = (a: string, b: string): boolean => a.length === b.length && lettersOf(a) === lettersOf(b);

/** " Did you mean `x`?", or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = suggest(name, candidates);
  return near === undefined ? '' : ` Did you mean \`${near}\`?`;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment); anything above `bound` where it is above that. */
function editDistance(a: string, b: string, bound: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    // Only a swap looks two rows back, and it costs one more.
    if (least > bound + 1) return least;
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
