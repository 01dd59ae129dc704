import { scopeOf } from '#core/formula/language/functions.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { sideOf, type Side } from '../side.ts';

/** A statement of two formulas that are compared, or its comment. */
export type CodeRow = { readonly id: NodeId } & (
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'added'; readonly after: string }
  | { readonly kind: 'removed'; readonly before: string }
  | { readonly kind: 'changed'; readonly before: string; readonly after: string }
);

/** Both formulas, statement by statement, in the order of the second; what is gone stands where it stood. Same ids. */
export function codeRows(a: Formula, b: Formula): readonly CodeRow[] {
  const [before, after] = [sideOf(a), sideOf(b)];
  const gone = goneBehind(before, after);
  const rows = statementsOf(after);
  const removed = (id: NodeId | null): CodeRow[] =>
    (gone.get(id) ?? []).map((each) => ({ id: each, kind: 'removed', before: linesOf(before, each) }));
  return [...removed(null), ...rows.flatMap((id) => [...rowsOf(before, after, id), ...removed(id)])];
}

/** What stands in a line of its own: what is within a function is written with the function. */
const statementsOf = ({ formula, statements, node }: Side): readonly NodeId[] =>
  statements.filter((id) => {
    const found = node(id);
    return found !== undefined && scopeOf(formula, found) === undefined;
  });

/** Statements that are gone, by the last one before them that is still there. */
function goneBehind(before: Side, after: Side): ReadonlyMap<NodeId | null, readonly NodeId[]> {
  const gone = new Map<NodeId | null, NodeId[]>();
  let last: NodeId | null = null;
  for (const id of statementsOf(before)) {
    if (after.isStatement(id)) last = id;
    else gone.set(last, [...(gone.get(last) ?? []), id]);
  }
  return gone;
}

function rowsOf(before: Side, after: Side, id: NodeId): CodeRow[] {
  const text = linesOf(after, id);
  if (!before.isStatement(id)) return [{ id, kind: 'added', after: text }];
  const was = linesOf(before, id);
  if (was === text) return [{ id, kind: 'same', text }];
  const comment = commentOf(after, id);
  if (comment === '' || comment !== commentOf(before, id)) return [{ id, kind: 'changed', before: was, after: text }];
  return [
    { id, kind: 'same', text: comment },
    { id, kind: 'changed', before: statementOf(before, id), after: statementOf(after, id) },
  ];
}

const linesOf = (side: Side, id: NodeId): string =>
  [commentOf(side, id), statementOf(side, id)].filter((text) => text !== '').join('\n');

const commentOf = (side: Side, id: NodeId): string =>
  side
    .node(id)
    ?.comment?.split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n') ?? '';

const statementOf = (side: Side, id: NodeId): string =>
  `${side.node(id)?.muted === true ? 'mute ' : ''}${side.write(id)}`;

/** A stretch of a line: what both have, or what only this one has. */
export interface Stretch {
  readonly text: string;
  readonly isOwn: boolean;
}

const WORDS = /[\w.]+|\s+|[^\w\s]/g;

/** Beyond so many pairs of words, only the beginning and the end that both have are looked for. */
const MOST_PAIRS = 250_000;

/** What differs between two texts, by words: the longest sequence of words that both have stays. */
export function byWords(before: string, after: string): readonly [readonly Stretch[], readonly Stretch[]] {
  const [a, b] = [before.match(WORDS) ?? [], after.match(WORDS) ?? []];
  let begin = 0;
  while (begin < a.length && begin < b.length && a[begin] === b[begin]) begin += 1;
  let end = 0;
  while (end < a.length - begin && end < b.length - begin && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [ownOfA, ownOfB] = ownWords(a.slice(begin, a.length - end), b.slice(begin, b.length - end));
  const around = <T>(words: readonly T[], own: ReadonlySet<number>) =>
    stretches(words.map((word, place) => ({ text: String(word), isOwn: own.has(place - begin) })));
  return [around(a, ownOfA), around(b, ownOfB)];
}

/** The places of the words that are not in a longest common subsequence. */
function ownWords(a: readonly string[], b: readonly string[]): readonly [ReadonlySet<number>, ReadonlySet<number>] {
  const [ownOfA, ownOfB] = [new Set(a.keys()), new Set(b.keys())];
  if (a.length * b.length > MOST_PAIRS) return [ownOfA, ownOfB];
  const width = b.length + 1;
  // How many words what is left of both has in common, from each pair of places on.
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      ownOfA.delete(i);
      ownOfB.delete(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return [ownOfA, ownOfB];
}

/** Neighbours of a kind as one. */
function stretches(words: readonly Stretch[]): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const { text, isOwn } of words) {
    const last = joined.at(-1);
    if (last?.isOwn === isOwn) joined[joined.length - 1] = { text: last.text + text, isOwn };
    else joined.push({ text, isOwn });
  }
  return joined;
}
