import type { EditorState } from '@codemirror/state';
import { el } from '../dom.ts';
import { factsOfNamed, type NamedStatement } from './named-statements.ts';
import { occurrencesOf } from './occurrences.ts';

/** A statement's definition and what is known about it. */
export function nameCard(state: EditorState, statement: NamedStatement): HTMLElement {
  const uses = occurrencesOf(state, statement.name, statement.from).length - 1;
  const { comment } = statement.node;
  return el(
    'div',
    'flex max-w-104 flex-col gap-1.5 p-2.5 font-sans text-xs',
    el('code', 'font-mono text-xs whitespace-pre-wrap', state.sliceDoc(statement.from, statement.to)),
    comment === undefined ? null : el('p', 'text-pretty', comment.replaceAll('\n', ' ')),
    el(
      'p',
      'border-t border-line pt-1.5 text-muted',
      [
        ...factsOfNamed(state, statement),
        uses === 0 ? 'used nowhere' : uses === 1 ? 'used once' : `used ${uses} times`,
      ].join(' · '),
    ),
  );
}
