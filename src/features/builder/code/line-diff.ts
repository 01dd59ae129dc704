export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Few small changes that make `after` of `before`: whole lines are compared, then what differs within them is cut down. */
export function textChanges(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const [a, b] = [linesOf(before), linesOf(after)];
  const changes: TextChange[] = [];
  let offset = 0;
  let [i, j] = [0, 0];
  for (const [keepA, keepB] of [...commonLines(a, b), [a.length, b.length] as const]) {
    const removed = a.slice(i, keepA).join('');
    const inserted = b.slice(j, keepB).join('');
    if (removed !== inserted) changes.push(trimmed(offset, removed, inserted));
    offset += removed.length + (a[keepA]?.length ?? 0);
    [i, j] = [keepA + 1, keepB + 1];
  }
  return changes;
}

/** Lines with their line ends. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function trimmed(offset: number, removed: string, inserted: string): TextChange {
  const most = Math.min(removed.length, inserted.length);
  let start = 0;
  while (start < most && removed[start] === inserted[start]) start += 1;
  let end = 0;
  while (end < most - start && removed[removed.length - 1 - end] === inserted[inserted.length - 1 - end]) end += 1;
  return { from: offset + start, to: offset + removed.length - end, insert: inserted.slice(start, inserted.length - end) };
}

/** Pairs of equal lines in order: those at both ends, and between them those of a longest common subsequence. */
function commonLines(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const head = Array.from({ length: start }, (_, index) => [index, index] as const);
  const tail = Array.from({ length: end }, (_, index) => [a.length - end + index, b.length - end + index] as const);
  return [...head, ...longestCommon(a, b, start, a.length - end, b.length - end), ...tail];
}

/** Beyond this many pairs of lines the middle counts as replaced. */
const MOST_PAIRS = 4_000_000;

function longestCommon(a: readonly string[], b: readonly string[], start: number, endA: number, endB: number): (readonly [number, number])[] {
  const [rows, columns] = [endA - start, endB - start];
  if (rows * columns > MOST_PAIRS) return [];
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      lengths[at] = a[start + i] === b[start + j] ? (lengths[at + width + 1] ?? 0) + 1 : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < rows && j < columns) {
    const at = i * width + j;
    if (a[start + i] === b[start + j]) {
      pairs.push([start + i, start + j]);
      i += 1;
      j += 1;
    } else if ((lengths[at + width] ?? 0) >= (lengths[at + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}
