import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  selectedCompletion,
  type Completion,
} from '@codemirror/autocomplete';
import { Prec, type Extension } from '@codemirror/state';
import { keymap, type Command } from '@codemirror/view';
import { el } from '../dom.ts';
import { complete } from './complete.ts';
import { signatureHelp } from './signature-help.ts';

/** What an option is, at a glance. */
const MARKS: Readonly<Record<string, readonly [mark: string, color: string]>> = {
  function: ['ƒ', 'var(--thread-1)'],
  price: ['$', 'var(--thread-3)'],
  action: ['!', 'var(--thread-2)'],
  name: ['x', 'var(--ink)'],
  input: ['i', 'var(--thread-5)'],
  argument: [':', 'var(--muted)'],
  output: ['.', 'var(--thread-8)'],
  text: ['"', 'var(--thread-6)'],
  keyword: ['k', 'var(--thread-7)'],
};

function mark({ type = '' }: Completion): Node {
  const [sign, color] = MARKS[type] ?? ['', 'inherit'];
  const element = el('span', 'cm-option-mark', sign);
  element.style.color = color;
  element.ariaHidden = 'true';
  return element;
}

/** A word that is there already needs no completing: Enter goes on to the next line. */
const passOver: Command = (view) => {
  const chosen = selectedCompletion(view.state);
  const { head } = view.state.selection.main;
  if (
    !chosen ||
    typeof chosen.apply === 'function' ||
    view.state.sliceDoc(head - chosen.label.length, head) !== chosen.label
  )
    return false;
  closeCompletion(view);
  return false;
};

/** Completion, closing brackets and the signature of the call around the cursor. */
export const completion: Extension = [
  // Before the places of a snippet and the completion's own keys.
  Prec.highest(
    keymap.of([
      { key: 'Tab', run: acceptCompletion },
      { key: 'Enter', run: passOver },
    ]),
  ),
  autocompletion({
    override: [complete],
    icons: false,
    addToOptions: [{ render: mark, position: 20 }],
    interactionDelay: 0,
  }),
  closeBrackets(),
  keymap.of(closeBracketsKeymap),
  signatureHelp,
];
