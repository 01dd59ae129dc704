import type { EditorState } from '@codemirror/state';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import type { TypedPart } from '../../session/typed-text.ts';
import { ancestor, insidesOf } from './ancestor.ts';
import { printedStatements, settled, type CodeText } from './parts.ts';
import type { TextChange } from './text-changes.ts';
import { codeTextField, partRanges } from './text-field.ts';

/** What is typed and not taken, and where it stands. */
export function typedParts(state: EditorState): readonly TypedPart[] {
  const { formula } = state.field(codeTextField);
  const insideOf = insidesOf(formula);
  const nodesOf = (ids: readonly (NodeId | null)[]): TypedPart['was'] =>
    Object.fromEntries(
      ids
        .flatMap((id) => (id === null ? [] : insideOf(id)))
        .flatMap((id) => {
          const node = nodeOf(formula, id);
          return node ? [[id, node]] : [];
        }),
    );
  let behind: string | null = null;
  let isAtEnd = false;
  const typed: TypedPart[] = [];
  for (const { part } of partRanges(state)) {
    if (part.kind === 'open') {
      const over = part.over.map(({ printed: { id } }) => id);
      typed.push({ text: part.text, over, was: nodesOf(over), behind, isAtEnd });
    }
    const last = part.kind === 'open' ? part.over.at(-1)?.printed.id : part.printed.id;
    behind = last ?? behind;
    isAtEnd = last === null;
  }
  return typed;
}

/**
 * The changes that type it once more: in place of the statements that it stood for, as they are now, else behind the
 * one that it stood behind, else at the end.
 */
export function retyped(state: EditorState, typed: readonly TypedPart[]): readonly TextChange[] {
  const ranges = partRanges(state).map(({ part, from, to }) => ({
    id: part.kind === 'settled' ? part.printed.id : undefined,
    from,
    to,
  }));
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

/**
 * The text once `typed` is typed anew, with what the statements below it were when the person began: so only what the
 * person has changed since is a change of theirs, and what colleagues have changed meanwhile stays, as if the formula
 * had never been left.
 */
export function begunAs(text: CodeText, typed: readonly TypedPart[], now: Formula): CodeText {
  const before: Formula = {
    ...now,
    nodes: { ...now.nodes, ...Object.fromEntries(typed.flatMap(({ was }) => Object.entries(was))) },
  };
  const begun = new Set(typed.flatMap(({ over, was }) => over.filter((id) => id !== null && Object.hasOwn(was, id))));
  const printed = new Map(printedStatements(before).map((statement) => [statement.id, statement]));
  const held: NodeId[] = [];
  const parts = text.parts.map((part) => {
    if (part.kind === 'settled') return part;
    const over = part.over.map((below) => {
      const { id } = below.printed;
      const was = id !== null && begun.has(id) ? printed.get(id) : undefined;
      if (id !== null && was) held.push(id);
      return was ? settled(was) : below;
    });
    return { ...part, over };
  });
  return held.length === 0 ? text : { parts, formula: ancestor(before, now, held) };
}

/** The changes that take back what is typed. */
export const withoutTyped = (state: EditorState): readonly TextChange[] =>
  partRanges(state).flatMap(({ part, from, to }) =>
    part.kind === 'open' ? [{ from, to, insert: part.over.map(({ lead, body }) => lead + body).join('') }] : [],
  );
