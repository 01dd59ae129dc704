import {
  StateEffect,
  StateField,
  Transaction,
  type ChangeSet,
  type EditorState,
  type TransactionSpec,
} from '@codemirror/state';
import { EMPTY_FORMULA, type NodeId } from '#core/formula/model/formula.ts';
import { codeTextOf, lengthOf, type CodeText, type Part } from './parts.ts';
import type { TextChange } from './text-changes.ts';
import { typeInto } from './type-into.ts';

const setCodeText = StateEffect.define<CodeText>();

/**
 * What of the editor's text is one with the formula. Every change of the text that does not come from the formula is
 * something typed.
 */
export const codeTextField = StateField.define<CodeText>({
  create: () => codeTextOf(EMPTY_FORMULA),
  update: (value, { effects, docChanged, changes }) => {
    for (const effect of effects) if (effect.is(setCodeText)) return effect.value;
    return docChanged ? { ...value, parts: typeInto(value.parts, listOf(changes)) } : value;
  },
});

function listOf(changes: ChangeSet): readonly TextChange[] {
  const list: TextChange[] = [];
  changes.iterChanges(
    (from, to, _fromNow, _toNow, inserted) => list.push({ from, to, insert: inserted.toString() }),
    true,
  );
  return list;
}

/** A transaction that brings the text to what the formula says; it is no step of undo. */
export const fromFormula = (text: CodeText, changes: readonly TextChange[]): TransactionSpec => ({
  changes: changes.map(({ from, to, insert }) => ({ from, to, insert })),
  effects: setCodeText.of(text),
  annotations: Transaction.addToHistory.of(false),
});

export const isFromFormula = ({ effects }: Transaction): boolean => effects.some((effect) => effect.is(setCodeText));

/**
 * A statement in the text: from the first character of its name or action to its last; without one, what the person
 * types in its place.
 */
export interface StatementRange {
  readonly id: NodeId;
  readonly from: number;
  readonly to: number;
}

export interface PartRange {
  readonly part: Part;
  readonly from: number;
  readonly to: number;
}

export function partRanges(state: EditorState): readonly PartRange[] {
  let at = 0;
  return state.field(codeTextField).parts.map((part) => {
    const from = at;
    at += lengthOf(part);
    return { part, from, to: at };
  });
}

/**
 * Where the statements are. One that is being typed in is where it was begun; a new one that the formula does not know
 * yet is nowhere.
 */
export const statementRanges = (state: EditorState): readonly StatementRange[] =>
  partRanges(state).flatMap(({ part, from, to }): StatementRange[] => {
    if (part.kind === 'settled')
      return part.printed.id === null ? [] : [{ id: part.printed.id, from: from + part.lead.length, to }];
    const lead = /^\s*/.exec(part.text)?.[0].length ?? 0;
    return part.over.flatMap(({ printed: { id } }) => (id === null ? [] : [{ id, from: from + lead, to }]));
  });
