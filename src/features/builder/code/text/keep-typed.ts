import type { EditorState } from '@codemirror/state';
import type { TypedPart } from '../../session/typed-text.ts';
import type { TextChange } from './text-changes.ts';
import { partRanges } from './text-field.ts';

/** What is typed and not taken, and where it stands. */
export function typedParts(state: EditorState): readonly TypedPart[] {
  let behind: string | null = null;
  let isAtEnd = false;
  const typed: TypedPart[] = [];
  for (const { part } of partRanges(state)) {
    if (part.kind === 'open') typed.push({ text: part.text, over: part.over.map(({ printed: { id } }) => id), behind, isAtEnd });
    const last = part.kind === 'open' ? part.over.at(-1)?.printed.id : part.printed.id;
    behind = last ?? behind;
    isAtEnd = last === null;
  }
  return typed;
}

/**
 * The changes that type it once more: in place of the statements that it stood for, as they are now, else behind the one that it stood
 * behind, else at the end.
 */
export function retyped(state: EditorState, typed: readonly TypedPart[]): readonly TextChange[] {
  const ranges = partRanges(state).map(({ part, from, to }) => ({ id: part.kind === 'settled' ? part.printed.id : undefined, from, to }));
  const changes: TextChange[] = [];
  for (const { text, over, behind, isAtEnd } of typed) {
    const under = ranges.filter(({ id }) => id !== undefined && over.includes(id));
    const above = ranges.find(({ id }) => id !== undefined && id !== null && id === behind);
    const at = isAtEnd ? state.doc.length : (above?.to ?? (behind === null ? 0 : state.doc.length));
    const [from, to] = [under[0]?.from ?? at, under.at(-1)?.to ?? at];
    if (from >= (changes.at(-1)?.to ?? 0)) changes.push({ from, to, insert: text });
  }
  return changes;
}

/** The changes that take back what is typed. */
export const withoutTyped = (state: EditorState): readonly TextChange[] =>
  partRanges(state).flatMap(({ part, from, to }) => (part.kind === 'open' ? [{ from, to, insert: part.over.map(({ lead, body }) => lead + body).join('') }] : []));
