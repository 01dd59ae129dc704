import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { sideOf, type Side } from '../side.ts';

/** A statement of two formulas that are compared. */
export type CodeRow =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'added'; readonly after: string }
  | { readonly kind: 'removed'; readonly before: string }
  | { readonly kind: 'changed'; readonly before: string; readonly after: string };

/** Both formulas, statement by statement, in the order of the second; what is gone stands where it stood. Same ids. */
export function codeRows(a: Formula, b: Formula): readonly CodeRow[] {
  const [before, after] = [sideOf(a), sideOf(b)];
  const gone = goneBehind(before, after);
  const removed = (id: NodeId | null): CodeRow[] =>
    (gone.get(id) ?? []).map((each) => ({ kind: 'removed', before: linesOf(before, each) }));
  return [...removed(null), ...after.statements.flatMap((id) => [...rowsOf(before, after, id), ...removed(id)])];
}

/** Statements that are gone, by the last one before them that is still there. */
function goneBehind(before: Side, after: Side): ReadonlyMap<NodeId | null, readonly NodeId[]> {
  const gone = new Map<NodeId | null, NodeId[]>();
  let last: NodeId | null = null;
  for (const id of before.statements) {
    if (after.isStatement(id)) last = id;
    else gone.set(last, [...(gone.get(last) ?? []), id]);
  }
  return gone;
}

function rowsOf(before: Side, after: Side, id: NodeId): CodeRow[] {
  const text = linesOf(after, id);
  if (!before.isStatement(id)) return [{ kind: 'added', after: text }];
  const was = linesOf(before, id);
  if (was === text) return [{ kind: 'same', text }];
  const comment = commentOf(after, id);
  if (comment === '' || comment !== commentOf(before, id)) return [{ kind: 'changed', before: was, after: text }];
  return [
    { kind: 'same', text: comment },
    { kind: 'changed', before: statementOf(before, id), after: statementOf(after, id) },
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

/** What differs between two texts, by words: the longest beginning and the longest end that both have stay. */
export function byWords(before: string, after: string): readonly [readonly Stretch[], readonly Stretch[]] {
  const [a, b] = [before.match(WORDS) ?? [], after.match(WORDS) ?? []];
  let begin = 0;
  while (begin < a.length && begin < b.length && a[begin] === b[begin]) begin += 1;
  let end = 0;
  while (end < a.length - begin && end < b.length - begin && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return [stretches(a, begin, end), stretches(b, begin, end)];
}

function stretches(words: readonly string[], begin: number, end: number): readonly Stretch[] {
  const until = words.length - end;
  return [
    { text: words.slice(0, begin).join(''), isOwn: false },
    { text: words.slice(begin, until).join(''), isOwn: true },
    { text: words.slice(until).join(''), isOwn: false },
  ].filter(({ text }) => text !== '');
}
