/** Offsets of the text before; several changes come in order and without overlap. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * Few small changes that make `after` of `before`: lines that stay are kept, and in lines that change the words that
 * stay.
 */
export function textChanges(before: string, after: string): readonly TextChange[] {
  if (before === after) return [];
  return betweenPieces(linesOf(before), linesOf(after)).flatMap(({ from, to, insert }) =>
    betweenPieces(wordsOf(before.slice(from, to)), wordsOf(insert)).map((change) =>
      trimmed(before, { from: from + change.from, to: from + change.to, insert: change.insert }),
    ),
  );
}

/** Lines with their line ends. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const wordsOf = (text: string): readonly string[] => text.match(/\w+|\s+|[^\w\s]/g) ?? [];

/** Replaces what stands between the pieces that both have. */
function betweenPieces(a: readonly string[], b: readonly string[]): readonly TextChange[] {
  const changes: TextChange[] = [];
  let offset = 0;
  let [i, j] = [0, 0];
  for (const [keepA, keepB] of [...commonPieces(a, b), [a.length, b.length] as const]) {
    const removed = a.slice(i, keepA).join('');
    const insert = b.slice(j, keepB).join('');
    if (removed !== insert) changes.push({ from: offset, to: offset + removed.length, insert });
    offset += removed.length + (a[keepA]?.length ?? 0);
    [i, j] = [keepA + 1, keepB + 1];
  }
  return changes;
}

/** Without the characters at both ends that stay. */
function trimmed(text: string, { from, to, insert }: TextChange): TextChange {
  const most = Math.min(to - from, insert.length);
  let start = 0;
  while (start < most && text[from + start] === insert[start]) start += 1;
  let end = 0;
  while (end < most - start && text[to - 1 - end] === insert[insert.length - 1 - end]) end += 1;
  return { from: from + start, to: to - end, insert: insert.slice(start, insert.length - end) };
}

/** Pairs of equal pieces in order: those at both ends, and between them those of a longest common subsequence. */
function commonPieces(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const head = Array.from({ length: start }, (_, index) => [index, index] as const);
  const tail = Array.from({ length: end }, (_, index) => [a.length - end + index, b.length - end + index] as const);
  return [...head, ...longestCommon(a, b, start, a.length - end, b.length - end), ...tail];
}

/** Beyond this many pairs the middle counts as replaced. */
const MOST_PAIRS = 1_000_000;

function longestCommon(
  a: readonly string[],
  b: readonly string[],
  start: number,
  endA: number,
  endB: number,
): readonly (readonly [number, number])[] {
  const [rows, columns] = [endA - start, endB - start];
  if (rows === 0 || columns === 0 || rows * columns > MOST_PAIRS) return [];
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      lengths[at] =
        a[start + i] === b[start + j]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
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
