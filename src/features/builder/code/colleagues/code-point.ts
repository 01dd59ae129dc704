import type { EditorState } from '@codemirror/state';
import type { CodePoint } from '#collab/presence.ts';
import { lengthOf, textOf, type Settled } from '../text/parts.ts';
import { textChanges, type TextChange } from '../text/text-changes.ts';
import { partRanges } from '../text/text-field.ts';

/**
 * A stretch of the text, and of the text as it was before the person typed in it: the latter is what colleagues have.
 */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly baseFrom: number;
  readonly baseTo: number;
  /** What is typed, as changes of what was there. */
  readonly changes: readonly TextChange[];
}

/** A statement in the text as it was. */
interface Statement {
  readonly id: Settled['printed']['id'];
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

function stretchesOf(state: EditorState): {
  readonly stretches: readonly Stretch[];
  readonly statements: readonly Statement[];
} {
  const stretches: Stretch[] = [];
  const statements: Statement[] = [];
  let base = 0;
  for (const { part, from, to } of partRanges(state)) {
    const baseFrom = base;
    for (const settled of part.kind === 'open' ? part.over : [part]) {
      statements.push({
        id: settled.printed.id,
        start: base + settled.lead.length,
        from: base,
        to: base + lengthOf(settled),
      });
      base += lengthOf(settled);
    }
    stretches.push({
      from,
      to,
      baseFrom,
      baseTo: base,
      changes: part.kind === 'open' ? textChanges(textOf(part.over), part.text) : [],
    });
  }
  return { stretches, statements };
}

/** A place behind the changes as a place before them; inside what is typed, where it was typed. */
function before(changes: readonly TextChange[], at: number): number {
  let grown = 0;
  for (const { from, to, insert } of changes) {
    const start = from + grown;
    if (at <= start) break;
    if (at <= start + insert.length) return at === start + insert.length ? to : from;
    grown += insert.length - (to - from);
  }
  return at - grown;
}

/** The other way round. */
function behind(changes: readonly TextChange[], at: number): number {
  let grown = 0;
  for (const { from, to, insert } of changes) {
    if (at <= from) break;
    if (at < to) return from + grown;
    grown += insert.length - (to - from);
  }
  return at + grown;
}

/**
 * A place in this text as colleagues can find it in theirs. In a line that they don't have yet, it is the end of the
 * statement above.
 */
export function pointAt(state: EditorState, at: number): CodePoint {
  const { stretches, statements } = stretchesOf(state);
  const stretch = stretches.find(({ to }) => at <= to);
  const base = stretch ? stretch.baseFrom + before(stretch.changes, at - stretch.from) : 0;
  const statement = statements.find(({ to }) => base <= to);
  return statement
    ? { node: statement.id, offset: base - statement.start, length: statement.to - statement.start }
    : { node: null, offset: 0, length: 0 };
}

export interface FoundPlace {
  readonly at: number;
  /** The statement is here what it is there, as far as can be told. */
  readonly isExact: boolean;
}

/**
 * Where a colleague's place is in this text: as near as the statement here lets it be. undefined while there is no such
 * statement.
 */
export function placeOf(state: EditorState, { node, offset, length }: CodePoint): FoundPlace | undefined {
  const { stretches, statements } = stretchesOf(state);
  const statement = statements.find(({ id }) => id === node);
  if (!statement) return undefined;
  const base = Math.max(statement.from, Math.min(statement.to, statement.start + offset));
  const stretch = stretches.find(
    ({ baseFrom, baseTo }) => statement.from >= baseFrom && statement.to <= baseTo && baseTo > baseFrom,
  );
  const at = stretch ? stretch.from + behind(stretch.changes, base - stretch.baseFrom) : base;
  return { at, isExact: statement.to - statement.start === length };
}
