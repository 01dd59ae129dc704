/**
 * What two people made of one text, of which neither saw the other's: both changes, and where both wrote something else
 * in one place, both texts, one below the other.
 */
export function mergeText(base: string, theirs: string, mine: string): string {
  if (theirs === base || theirs === mine) return mine;
  if (mine === base) return theirs;
  const [a, b] = [changeOf(base, theirs), changeOf(base, mine)];
  const [first, second] = a.end <= b.start ? [a, b] : [b, a];
  if (first.end > second.start) return `${theirs}\n${mine}`;
  return (
    base.slice(0, first.start) + first.text + base.slice(first.end, second.start) + second.text + base.slice(second.end)
  );
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The one stretch of `before` in whose place another text stands in `after`. */
function changeOf(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { start, end: before.length - end, text: after.slice(start, after.length - end) };
}
