import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import { missingPorts, portOf, type OpenBracket } from '../calls-around.ts';
import { contextAtEnd, type CursorContext } from '../cursor-context.ts';
import { blockNamed } from '../names/block-named.ts';
import { findNamed } from '../names/named-statements.ts';
import { argumentsFor, blocksFor, choicesOf, functionsFor, namesFor, outputsOf, STATEMENTS, words } from './options.ts';

const WORD = /^\w*$/;

/**
 * What may be written where the cursor is. It comes by itself once a word is begun, behind a dot and inside the quotes
 * of a choice.
 */
export function complete({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  const context = contextAtEnd(state.sliceDoc(0, pos));
  if (context.kind === 'nothing') return null;
  if (!explicit && context.from === pos && context.kind !== 'output' && context.kind !== 'text') return null;
  const options = optionsFor(state, context);
  return options.length === 0 ? null : { from: context.from, options, validFor: WORD };
}

function optionsFor(state: EditorState, context: Exclude<CursorContext, { kind: 'nothing' }>): readonly Completion[] {
  switch (context.kind) {
    case 'statement':
      return STATEMENTS;
    case 'words':
      return words(...context.words);
    case 'output':
      return outputsBehind(state, context.of);
    case 'text':
      return choicesInside(state, context.open).map(({ label, ...rest }) => ({ ...rest, label: label.slice(1, -1) }));
    case 'value':
      return valuesFor(state, context);
  }
}

function outputsBehind(
  state: EditorState,
  { kind, text }: Extract<CursorContext, { kind: 'output' }>['of'],
): readonly Completion[] {
  // What stands before the dot may be defined in a text that does not read while the dot has nothing behind it.
  const named = kind === 'name' ? findNamed(state, text)?.block : undefined;
  const block = named ?? blockNamed(state, text);
  return block ? outputsOf(block) : [];
}

function choicesInside(state: EditorState, open: readonly OpenBracket[]): readonly Completion[] {
  const inner = open.at(-1);
  const block = blockNamed(state, inner?.call?.text ?? '');
  const port = inner && block && portOf(block, inner);
  return port ? choicesOf(port) : [];
}

function valuesFor(
  state: EditorState,
  { open, isStart }: Extract<CursorContext, { kind: 'value' }>,
): readonly Completion[] {
  const inner = open.at(-1);
  const block = blockNamed(state, inner?.call?.text ?? '');
  const port = inner && block && portOf(block, inner);
  const wanted = isStart ? port?.type : undefined;
  const free = isStart && inner && block && inner.argument === undefined ? missingPorts(block, inner) : [];
  return [
    ...(inner && block ? argumentsFor(block, free) : []),
    ...(isStart && port ? choicesOf(port) : []),
    ...namesFor(state, wanted),
    ...functionsFor(state),
    ...blocksFor(wanted),
    ...words('not', 'true', 'false', 'na'),
  ];
}
